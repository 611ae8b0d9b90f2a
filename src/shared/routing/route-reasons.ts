import type { Strategy } from '../models/route-wishes.ts';
import { usdText } from './money.ts';
import type { Plan, Sketch } from './sketch-model.ts';
import { isTriedAt } from './adaptive.ts';
import { secondsText } from './skip-reasons.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ordinal = (place: number): string => ordinals[place] ?? `${place + 1}th`;
const idOf = ({ at }: Sketch): string => at.status.manifest.id;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "about 0.4 s", "about 12 s", "about 3 min". */
export function aboutText(seconds: number): string {
  return `about ${seconds < 9.95 ? `${Math.max(0.1, Number(seconds.toFixed(1)))} s` : secondsText(seconds * 1000)}`;
}

/** The reasons beside its price and its time, for those who show these in a place of their own. */
export function decidingReasons(reasons: readonly string[]): string[] {
  return reasons.filter((reason) => !/^(≈ |about |\$\d)|^(free|at an unknown price)$/u.test(reason));
}

/**
 * Why this one stands where it stands, in plain words, the deciding reason first. `missed`: why those that come before it in
 * the user's order can't do it.
 */
export function reasonsFor(
  plan: Plan,
  {
    candidate,
    rank,
    candidates,
    missed,
  }: { candidate: Sketch; rank: number; candidates: number; missed: readonly string[] },
): string[] {
  const { request, strategy } = plan;
  const reasons: string[] = [];
  const isWish = request.wishes?.orOther === true;
  if (request.provider === idOf(candidate)) reasons.push('named by this job');
  else if (request.model === candidate.model.id) reasons.push(`has the model this job names`);
  else if (isWish && request.provider !== undefined) reasons.push('may stand in for the named one');
  else if (isWish && request.model !== undefined) reasons.push('may stand in for the named model');
  const wishedTier = request.wishes?.tier;
  if (wishedTier !== undefined) {
    const { tier } = candidate.model;
    reasons.push(
      tier === wishedTier ? `of the wished tier ${tier}` : `of the tier ${tier}, not the wished ${wishedTier}`,
    );
  }
  if (request.provider === undefined || isWish) {
    const words = strategyWords(plan, candidate, { rank, candidates, missed });
    // With nobody to compare it to, only who is missing says something.
    reasons.push(candidates === 1 && missed.length === 0 ? 'the only one that can' : words);
  }
  if (candidate.isTry) reasons.push('tried again after failures: this job would be the one try');
  if (candidate.waits) {
    const { running, atOnce } = candidate.at;
    reasons.push(
      running >= atOnce
        ? `busy: ${running} of ${atOnce} at once, the job waits its turn`
        : 'at its limit a minute, the job waits its turn',
    );
  }
  if (strategy !== 'cost_optimized') reasons.push(usdText(candidate.cost));
  if (strategy !== 'fastest' && candidate.secondsOfJob !== null) {
    reasons.push(aboutText(candidate.secondsOfJob));
  }
  return reasons;
}

function strategyWords(
  plan: Plan,
  candidate: Sketch,
  { rank, candidates, missed }: { rank: number; candidates: number; missed: readonly string[] },
): string {
  const first = rank === 0;
  const seconds = candidate.secondsOfJob;
  const table: Readonly<Record<Strategy, () => string>> = {
    primary_first: () => orderWords(plan, candidate, missed),
    round_robin: () => (first ? 'its turn' : `its turn in ${rank} ${rank === 1 ? 'job' : 'jobs'}`),
    least_loaded: () => `${first ? 'least busy' : 'busier'}: ${candidate.at.running} of ${candidate.at.atOnce} at once`,
    cost_optimized: () =>
      candidate.cost.kind === 'unknown'
        ? 'its price is not known'
        : `${first ? 'cheapest that can' : 'costs more'}: ${usdText(candidate.cost)}`,
    quality_focused: () => {
      const votes = plan.points.votes(idOf(candidate), candidate.model.id);
      const basis =
        votes === 0 ? `by its tier ${candidate.model.tier}` : `by ${votes} ${votes === 1 ? 'vote' : 'votes'}`;
      return `${first ? 'best' : 'less liked'}: ${Math.round(candidate.points)} points ${basis}`;
    },
    health_based: () =>
      `${first ? 'most reliable' : 'less reliable'}: ${percent(Math.min(1, candidate.risk))} risk of failure`,
    local_first: () => (candidate.isLocal ? 'on your own machine' : 'a cloud service'),
    fastest: () =>
      seconds === null ? 'its time is not known' : `${first ? 'fastest' : 'slower'}: ${aboutText(seconds)}`,
    adaptive: () => adaptiveWords(plan, candidate, rank, candidates),
  };
  return table[plan.strategy]();
}

function orderWords({ settings }: Plan, candidate: Sketch, missed: readonly string[]): string {
  const provider = idOf(candidate);
  const fallback = settings.fallbacks.indexOf(provider);
  const hasOrder = settings.primary !== null || settings.fallbacks.length > 0;
  const own =
    provider === settings.primary
      ? 'your primary provider'
      : fallback >= 0
        ? `your fallback ${fallback + 1}`
        : hasOrder
          ? 'not in your order, so after it'
          : `${ordinal(candidate.place)} of those that are set up`;
  const [before] = missed;
  return before === undefined ? own : `${own}; ${before.replace(/\.$/u, '')}`;
}

function adaptiveWords({ turn }: Plan, candidate: Sketch, rank: number, candidates: number): string {
  const { loss, known, success } = candidate;
  const basis = known < 0.5 ? 'little is known of it' : `${percent(success)} of lately ${Math.round(known)} succeeded`;
  if (rank === 0 && isTriedAt(candidate, turn, candidates))
    return `its turn to be tried, expected loss ${loss.toFixed(2)}: ${basis}`;
  return `${rank === 0 ? 'least' : 'more'} expected loss ${loss.toFixed(2)}: ${basis}`;
}
