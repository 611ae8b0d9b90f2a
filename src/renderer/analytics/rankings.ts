import type { CostGroup } from '../../shared/models/costs.ts';

/** From fewer, an order is chance. */
const leastAttempts = 3;
const most = 5;

/** The models that take longest for an image, half of their images being faster. */
export function slowest(models: readonly CostGroup[]): CostGroup[] {
  const timed = models.filter(({ p50, images }) => p50 !== null && images >= leastAttempts);
  return timed.sort((one, other) => (other.p50 ?? 0) - (one.p50 ?? 0)).slice(0, most);
}

/** The models of which the largest part of the attempts failed; of equal parts, the one with more attempts. */
export function mostFailing(models: readonly CostGroup[]): CostGroup[] {
  const share = ({ failed, attempts }: CostGroup): number => failed / attempts;
  return models
    .filter(({ attempts, failed }) => attempts >= leastAttempts && failed > 0)
    .sort((one, other) => share(other) - share(one) || other.attempts - one.attempts)
    .slice(0, most);
}
