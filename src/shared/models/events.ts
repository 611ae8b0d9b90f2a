import { z } from 'zod';
import { ImageSummary } from './image.ts';
import { Job, JobProgress } from './job.ts';
import { KeysState } from './keys.ts';
import { Comparison } from './comparison.ts';
import { SystemHealth } from './metrics.ts';
import { ProviderStatus } from './provider.ts';
import { RoutingState } from './routing.ts';
import { PublicSettings } from './settings.ts';
import { Training } from './training.ts';

export const QueueState = z.object({
  paused: z.boolean(),
  queued: z.int(),
  running: z.int(),
  /** Failed or in need of an answer, not yet cleared. */
  failed: z.int(),
});
export type QueueState = z.infer<typeof QueueState>;

/** Everything that is pushed to an interface: what changed, never the picture itself. */
export const AppEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('jobChanged'), job: Job }),
  z.object({ kind: z.literal('jobsRemoved'), ids: z.array(z.uuid()) }),
  z.object({ kind: z.literal('jobProgress'), progress: JobProgress }),
  z.object({ kind: z.literal('queueChanged'), queue: QueueState }),
  z.object({ kind: z.literal('imageAdded'), image: ImageSummary }),
  /** Images left the gallery (to the trash) or came back to it. */
  z.object({ kind: z.literal('imagesRemoved'), images: z.array(z.object({ id: z.uuid(), sequence: z.int() })) }),
  z.object({ kind: z.literal('imagesRestored'), images: z.array(ImageSummary) }),
  /** Something else is said of images, such as their alternative text or rating; where they stand is the same. */
  z.object({ kind: z.literal('imagesChanged'), images: z.array(ImageSummary) }),
  /** Its state, or how far it is. */
  z.object({ kind: z.literal('trainingChanged'), training: Training }),
  z.object({ kind: z.literal('providerChanged'), provider: ProviderStatus }),
  /** Load, breakers, spending or routing settings changed; at most a few times a second. */
  z.object({ kind: z.literal('routingChanged'), routing: RoutingState }),
  z.object({ kind: z.literal('healthChanged'), health: SystemHealth }),
  z.object({ kind: z.literal('comparisonChanged'), comparison: Comparison }),
  /** Keys were entered, removed, locked or unlocked; whose, `providerChanged` says. */
  z.object({ kind: z.literal('keysChanged'), ...KeysState.shape }),
  z.object({ kind: z.literal('settingsChanged'), settings: PublicSettings }),
  /** Another library was opened, or it could not be: everything shown is out of date. */
  z.object({ kind: z.literal('libraryChanged') }),
]);
export type AppEvent = z.infer<typeof AppEvent>;
