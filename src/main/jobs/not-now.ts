import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { Route } from '../../shared/routing/plan-route.ts';
import { ofInterest, tellSkipped } from './tell-skipped.ts';

/** Who is to do it is at a limit, or will be back by itself: the job waits for its turn. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
  /** `turn`: it is at a limit; `coolDown`: it is left alone for a while; `away`: it comes back by itself, nobody knows when. */
  readonly waitsFor: 'turn' | 'coolDown' | 'away';
  /** What the user is told where nobody waits. */
  readonly reason: AppError;
  constructor(waitsFor: NotNow['waitsFor'], reason: AppError) {
    super(reason.message);
    this.waitsFor = waitsFor;
    this.reason = reason;
  }
}

/** Why nobody can do a job now: it has to wait where `mayWait`, else it has failed. */
export function nobodyCan(job: Job, { skipped }: Route, mayWait: boolean): AppError | NotNow {
  const [only] = skipped;
  const told = ofInterest(job.request, skipped);
  const areLocked = told.length > 1 && told.every(({ code, passes }) => code === 'auth' && passes);
  const error = areLocked
    ? new AppError(
        'keysLocked',
        'The keys are locked, and no provider that needs none is ready. Unlock the vault first.',
      )
    : only && skipped.length === 1
      ? new AppError(only.code, only.reason, { provider: only.provider })
      : new AppError(
          skipped.some(({ code }) => code === 'overBudget') ? 'overBudget' : 'noProvider',
          `No provider can do this. ${tellSkipped(told)}`.trim(),
          { skipped: told.map(({ provider, reason, help }) => ({ provider, reason, help })) },
        );
  if (!mayWait) return error;
  if (skipped.some(({ againAt }) => againAt !== undefined)) return new NotNow('coolDown', error);
  // A provider that alone may do it is asked once more before the job waits.
  const isBound = job.request.provider !== undefined && job.request.wishes?.orOther !== true;
  return skipped.some(({ passes, code }) => passes && !(isBound && mayFailAtOnce.includes(code)))
    ? new NotNow('away', error)
    : error;
}

/** What is asked about once more before the job waits: whether the provider is away at all. */
const mayFailAtOnce: readonly ErrorCode[] = ['network', 'offline', 'auth'];
