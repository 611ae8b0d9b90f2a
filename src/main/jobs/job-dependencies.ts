import type { Cost } from '../../shared/models/cost.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { StoredAttempt } from '../database/attempts.ts';
import type { Writer } from '../database/database.ts';
import type { BeginDependencies } from './begin-attempt.ts';
import type { AttemptDependencies } from './run-attempt.ts';

/** A picture that has arrived, with its place among the job's. */
export interface Result {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly seed: number | null;
}

/** All that the run of a job needs from elsewhere. */
export interface RunJobDependencies extends AttemptDependencies, BeginDependencies {
  readonly providers: BeginDependencies['providers'] & { check(id: string): Promise<ProviderStatus> };
  readonly results: {
    store(
      origin: Pick<StoredAttempt, 'jobId' | 'provider' | 'model' | 'request' | 'dropped' | 'remoteId'> & {
        attemptId: string;
        cost: Cost;
        generationMs: number | null;
        notAi: boolean;
        revisedPrompt: string | null;
        stages: StoredAttempt['stages'];
      },
      results: readonly Result[],
      settle: (writer: Writer) => void,
    ): Promise<string[]>;
    leftBehind(attemptId: string): Promise<Result[]>;
    drop(attemptId: string): Promise<void>;
  };
  /** A job whose provider is away goes back to the queue and waits for it, instead of failing. */
  readonly waitsForProviders: boolean;
  /** One whose provider is left alone for a while waits until it may be tried again. */
  readonly waitsForCoolDowns: boolean;
  /** Tells everybody how the job and the queue stand now. */
  readonly tell: (jobId: string) => void;
}
