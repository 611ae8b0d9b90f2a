import type { ErrorCode } from '../../shared/errors.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { SkippedProvider } from '../../shared/routing/plan-route.ts';

/** What a check says of a provider says itself what to do. */
const saidByHealth: readonly ErrorCode[] = ['network', 'offline', 'auth'];
/** So many different pieces of advice can be read in one go; more stand beside each provider. */
const mostAdvice = 2;

/** Whom a user wants to hear of: who the job itself leaves out is of no interest, nor who was never set up, unless there is nobody else. */
export function ofInterest(
  { wishes }: Pick<GenerationRequest, 'wishes'>,
  skipped: readonly SkippedProvider[],
): readonly SkippedProvider[] {
  const wanted = skipped.filter(({ provider }) => wishes?.providers?.includes(provider) ?? true);
  const meant = wanted.length > 0 ? wanted : skipped;
  const setUp = meant.filter(({ code }) => code !== 'noProvider');
  return setUp.length > 0 ? setUp : meant;
}

/** Why each of them can't do a job, with its name, and what would help, in one line. */
export function tellSkipped(skipped: readonly SkippedProvider[]): string {
  const reasons = skipped.map(({ name, reason }) => (reason.includes(name) ? reason : `${name}: ${reason}`));
  const advice = skipped
    .filter(({ code, againAt, help }) => help !== '' && (againAt !== undefined || !saidByHealth.includes(code)))
    .map(({ help }) => help);
  const different = [...new Set(advice)];
  return [...reasons, ...(different.length <= mostAdvice ? different : [])].join(' ');
}
