import type { Strategy } from '../models/route-wishes.ts';
import { usdText } from './money.ts';
import type { Plan, Sketch } from './sketch-model.ts';
import { isTriedAt } from './adaptive.ts';
import { secondsText } from './skip-reasons.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ordinal = (place: number): string => ordinals[place] ?? `${place + 1}th`;
const idOf = ({ at }: Sketch): string => at.status.manifest.id;
/** A share that is not all or nothing is never written so. */
const percent = (share: number): string => {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return 'under 1 %';
  return rounded === 100 && share < 1 ? 'over 99 %' : `${rounded} %`;
};

/** "about 0.4 s", "about 12 s", "about 3 min". */
export function aboutText(seconds: number): string {
  return `about ${seconds < 9.95 ? `${Math.max(0.1, Number(seconds.toFixed(1)))} s` : secondsText(seconds * 1000)}`;
}

/** The reasons beside its price and its time, for those who show these in a place of their own. */
export function decidingReasons(reasons: readonly string[]): string[] {
  return reasons.filter((reason) => !/^(≈ |about |\$\d)|^(free|at an unknown price)$/u.test(reason));
}

/** How a candidate does by what the strategy compares, whatever else puts another one before it: nearness to a wish, or being busy. */
export type Merit = 'best' | 'shared' | 'worse';

/** So near, two are the same: scores are sums of floating-point numbers. */
const sameScore = 1e-9;

/** In the order of `ranking`. On a turn to try, `adaptive` compares what is hoped of one: what is said of it is what is expected. */
export function meritsOf(
  strategy: Strategy,
  ranking: readonly { readonly candidate: Sketch; readonly score: number }[],
): Merit[] {
  const values = ranking.map(({ candidate, score }) => (strategy === 'adaptive' ? candidate.loss : score));
  const least = Math.min(...values);
  const isLeast = (value: number): boolean => value === least || value - least <= sameScore;
  const isAlone = values.filter(isLeast).length === 1;
  return values.map((value) => (!isLeast(value) ? 'worse' : isAlone ? 'best' : 'shared'));
}

/** What is ranked, and how it stands among all that can do the job. */
interface Ranked {
  readonly candidate: Sketch;
  readonly rank: number;
  readonly merit: Merit;
  readonly score: number;
  /** How many can do it. */
  readonly candidates: number;
  /** A model of the same provider that would have come before it but for the money, and why it is too dear. */
  readonly instead: { readonly model: string; readonly reason: string } | null;
  /** Why those that come before it in the user's order can't do it. */
  readonly missed: readonly string[];
}

/** Why this one stands where it stands, in plain words, the deciding reason first. */
export function reasonsFor(plan: Plan, ranked: Ranked): string[] {
  const { candidate, candidates, instead, missed } = ranked;
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
  // One that is named comes first for no other reason.
  if (request.provider === undefined || (isWish && request.provider !== idOf(candidate))) {
    const words = strategyWords(plan, ranked);
    // With nobody to compare it to, only who is missing says something.
    reasons.push(candidates === 1 && missed.length === 0 ? 'the only one that can' : words);
  }
  if (instead !== null) reasons.push(`not ${instead.model}: ${instead.reason}`);
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

function strategyWords(plan: Plan, ranked: Ranked): string {
  const { candidate, rank, merit, score, missed } = ranked;
  /** The first one may be worse than others, which are busy or further from what is wished: then only the figure is said. */
  const compared = (words: Readonly<Record<Merit, string>>, figure: string): string =>
    rank === 0 && merit === 'worse' ? figure : `${words[merit]}: ${figure}`;
  const seconds = candidate.secondsOfJob;
  const table: Readonly<Record<Strategy, () => string>> = {
    primary_first: () => orderWords(plan, candidate, missed),
    round_robin: () =>
      rank === 0 || score === 0 ? 'its turn' : `its turn in ${score} ${score === 1 ? 'job' : 'jobs'}`,
    least_loaded: () =>
      compared(
        { best: 'least busy', shared: 'no other is less busy', worse: 'busier' },
        `${candidate.at.running} of ${candidate.at.atOnce} at once`,
      ),
    cost_optimized: () =>
      candidate.cost.kind === 'unknown'
        ? 'its price is not known'
        : compared(
            { best: 'cheapest that can', shared: 'no other costs less', worse: 'costs more' },
            usdText(candidate.cost),
          ),
    quality_focused: () =>
      compared(
        { best: 'best', shared: 'no other is better', worse: 'not as good' },
        `${Math.round(candidate.points)} points by ${opinionWords(plan, candidate) ?? `its tier ${candidate.model.tier}`}`,
      ),
    health_based: () =>
      compared(
        { best: 'most reliable', shared: 'no other is more reliable', worse: 'less reliable' },
        `${percent(Math.min(1, candidate.risk))} risk of failure`,
      ),
    local_first: () => (candidate.isLocal ? 'on your own machine' : 'a cloud service'),
    fastest: () =>
      seconds === null
        ? 'its time is not known'
        : compared({ best: 'fastest', shared: 'no other is faster', worse: 'slower' }, aboutText(seconds)),
    adaptive: () => adaptiveWords(plan, ranked),
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

/** "3 votes", "5 ratings", "3 votes and 5 ratings"; null where the user has said nothing of the model. */
function opinionWords({ points }: Plan, { at, model }: Sketch): string | null {
  const { id } = at.status.manifest;
  const [votes, ratings] = [points.votes(id, model.id), points.ratings(id, model.id)];
  if (ratings === 0) return votes === 0 ? null : counted(votes, 'vote');
  return votes === 0 ? counted(ratings, 'rating') : `${counted(votes, 'vote')} and ${counted(ratings, 'rating')}`;
}

function adaptiveWords(plan: Plan, { candidate, rank, merit, candidates }: Ranked): string {
  const { loss, known, success } = candidate;
  const attempts = Math.round(known);
  const basis =
    attempts === 0
      ? 'little is known of it'
      : `${percent(success)} likely to succeed, by ${counted(attempts, 'attempt')} lately`;
  const opinion = opinionWords(plan, candidate);
  const told = `expected loss ${loss.toFixed(2)}: ${basis}${opinion === null ? '' : `; quality by ${opinion}`}`;
  if (rank === 0 && isTriedAt(candidate, plan.turn, candidates)) return `its turn to be tried, ${told}`;
  if (rank === 0 && merit === 'worse') return told;
  return `${{ best: 'least', shared: 'no other has less', worse: 'more' }[merit]} ${told}`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
