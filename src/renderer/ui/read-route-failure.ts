import { z } from 'zod';
import type { ErrorReport } from '../../shared/errors.ts';
import { SkippedCandidate } from '../../shared/models/route.ts';
import { ui } from '../i18n/en/ui.ts';
import { translate } from '../i18n/i18n.ts';

/** What an error says of each provider that was tried or left out. */
const RouteFailure = z.object({
  attempts: z.array(z.object({ provider: z.string(), code: z.string(), message: z.string() })).default([]),
  skipped: z.array(SkippedCandidate).default([]),
});
export type RouteFailure = z.infer<typeof RouteFailure>;

/** Null for an error that is not about who could do a job. */
export function readRouteFailure({ code, details }: ErrorReport): RouteFailure | null {
  if (!['allProvidersFailed', 'noProvider', 'overBudget'].includes(code)) return null;
  const read = RouteFailure.safeParse(details ?? {});
  return read.success && read.data.attempts.length + read.data.skipped.length > 0 ? read.data : null;
}

type NamedFailure = keyof typeof ui.failures;
const isNamed = (code: string): code is NamedFailure => Object.hasOwn(ui.failures, code);

/** A kind of failure in two or three words: "server error". One without words of its own is named as it is. */
export function failureShort(code: string): string {
  return isNamed(code) ? translate(`ui:failures.${code}`) : code;
}
