import { dollars, dollarsBeside, exactDollars } from '../../shared/dollars.ts';
import { AppError } from '../../shared/errors.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ComparedModel, PricedModel } from '../../shared/routing/price-comparison.ts';

/** Refuses what is no comparison: several pictures of each, moving ones, the same model twice. */
export function refuseUnfit(request: GenerationRequest, models: readonly ComparedModel[]): void {
  if (request.count !== 1) {
    throw new AppError('badInput', 'A comparison makes one picture of each model. Ask for one.');
  }
  if (request.operation === 'video') throw new AppError('badInput', 'Videos can not be compared. Ask for a picture.');
  const names = models.map(({ provider, model }) => JSON.stringify([provider, model]));
  const twice = models.find((_, at) => names.indexOf(names[at] ?? '') !== at);
  if (twice) throw new AppError('badInput', `${twice.model} is there twice. Choose each model once.`);
}

const nameOf = ({ providerName, modelName }: PricedModel): string => `${providerName}, ${modelName}`;

/** Names every model that can't do the request; nothing has been put into the queue then. */
export function refuseUnable(priced: readonly PricedModel[]): void {
  const unable = priced.flatMap((model) => (model.problem ? [{ model, problem: model.problem }] : []));
  const [first] = unable;
  if (!first) return;
  const lines = unable.map(({ model, problem }) => `${nameOf(model)}: ${problem.reason}`);
  throw new AppError(first.problem.code, `Not every model can do this. ${lines.join(' ')}`);
}

/** Names every price where they are over the cap together, or one of them is not known. */
export function refuseOverBudget(priced: readonly PricedModel[], maxUsd: number | null): void {
  if (maxUsd === null) return;
  const total = priced.reduce((sum, { cost }) => sum + (cost.kind === 'unknown' ? 0 : cost.usd), 0);
  const unknown = priced.filter(({ cost }) => cost.kind === 'unknown');
  // Prices are decimal fractions: their sum may be a hair off.
  if (unknown.length === 0 && total <= maxUsd + 1e-9) return;
  const list = priced
    .map((model) => `${nameOf(model)}: ${model.cost.kind === 'unknown' ? 'price unknown' : dollars(model.cost.usd)}`)
    .join('; ');
  const message =
    unknown.length > 0
      ? `Not every price is known, so nobody can say whether it stays within ${exactDollars(maxUsd)}. ${list}. Leave out what has no price, or set no cap.`
      : `Together it costs about ${dollarsBeside(total, maxUsd)}, more than the ${exactDollars(maxUsd)} you set. ${list}. Choose fewer models or raise the cap.`;
  throw new AppError('overBudget', message, { usd: total, maxUsd });
}
