import { z } from 'zod';

/** What was asked for and not sent, because the chosen model can't do it (P3). `note` says it in plain words. */
export const DroppedParameter = z.object({ parameter: z.string(), note: z.string() });
export type DroppedParameter = z.infer<typeof DroppedParameter>;
