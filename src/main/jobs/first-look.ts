import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { longestPrompt, type GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import type { RankedProvider, Route, SkippedProvider } from '../../shared/routing/plan-route.ts';
import type { JobRouting } from './job-routing.ts';
import { tellSkipped } from './tell-skipped.ts';

/** Reasons that a provider is left out for which may be gone when the job's turn comes. */
const mayPass: readonly ErrorCode[] = ['network', 'offline'];

export interface FirstLook {
  /** What it may cost, in US dollars; null: nobody knows. Throws AppError for what can't ever work. */
  priceOf(request: GenerationRequest, inputSize: Size | null): number | null;
}

/** What is looked at before requests become jobs, so that users hear while the draft is still before them what is wrong with it. */
export function createFirstLook({
  providers,
  routing,
}: {
  providers: { list(): ProviderStatus[]; status(id: string): ProviderStatus };
  routing: Pick<JobRouting, 'state' | 'plan' | 'goodDay'>;
}): () => FirstLook {
  /** What it may cost, as the user is told before the job is made, whether or not its provider can be reached now. */
  const agreedUsd = (request: GenerationRequest, { ranked }: Route, statuses: ProviderStatus[]): number | null => {
    if (statuses.every(({ manifest }) => manifest.kind !== 'cloud')) return 0;
    const [best] = ranked;
    if (!best) return null;
    if (best.cost.kind === 'unknown') return null;
    const { primary, fallbacks, fallback } = routing.state().settings;
    const isFree = best.cost.usd === 0;
    // Who would take over where the first one fails is part of what is agreed to; but what is free must not cost something because
    // of it, unless the user has named that provider, or a price.
    const mayTakeOver = ({ provider }: RankedProvider): boolean =>
      fallback &&
      (!isFree ||
        provider === primary ||
        fallbacks.includes(provider) ||
        request.wishes?.maxUsd !== undefined ||
        request.wishes?.providers?.includes(provider) === true);
    return ranked
      .filter(mayTakeOver)
      .reduce((most, { cost }) => Math.max(most, cost.kind === 'unknown' ? 0 : cost.usd), best.cost.usd);
  };

  const refuseImpossible = (
    request: GenerationRequest,
    size: Size | null,
    statuses: ProviderStatus[],
    onGoodDay: Route,
  ): void => {
    const over = request.prompt.length - longestPrompt;
    if (over > 0) {
      throw new AppError(
        'promptTooLong',
        `The prompt has ${request.prompt.length} characters, ${over} more than the ${longestPrompt} that are possible. Shorten it.`,
        { length: request.prompt.length, limit: longestPrompt },
      );
    }
    const { provider } = request;
    // Throws, and says which there are.
    if (provider !== undefined && statuses.length === 0) providers.status(provider);
    for (const id of request.wishes?.providers ?? []) providers.status(id);
    const overBudget = onGoodDay.skipped.filter(({ code }) => code === 'overBudget');
    if (onGoodDay.ranked.length === 0 && overBudget.length > 0) {
      const isOwnPrice = overBudget.every(({ tooDear }) => tooDear?.limit?.of === 'topPrice');
      const within = isOwnPrice ? 'for the top price of this job' : 'within your caps';
      const details = {
        skipped: onGoodDay.skipped.map(({ provider: id, reason, help }) => ({ provider: id, reason, help })),
      };
      throw new AppError('overBudget', `Nobody can do this ${within}. ${tellSkipped(overBudget)}`, details);
    }
    // Who is ready can do it now, or when its turn comes.
    const isReady = (id: string): boolean =>
      statuses.some(({ manifest, health }) => manifest.id === id && health.state === 'ready');
    if (onGoodDay.ranked.some(({ provider: id }) => isReady(id))) return;
    const { ranked, skipped } = routing.plan({ request, inputSize: size }, statuses);
    if (ranked.length > 0 || skipped.some(({ passes, code }) => passes || mayPass.includes(code))) return;
    const final = skipped.find(({ code }) => code !== 'noProvider');
    if (!final) return;
    const isOfAll = final.code === 'unknownModel' && provider === undefined;
    const message = isOfAll ? nobodyHasModel(request.model ?? '', skipped, statuses) : tellSkipped([final]);
    throw new AppError(final.code, message, { provider: final.provider });
  };

  return () => {
    const statuses = providers.list();
    const ofEach = new Map<
      string | undefined,
      { asked: ProviderStatus[]; planOf: ReturnType<JobRouting['goodDay']> }
    >();
    const sideOf = (bound: string | undefined) => {
      const known = ofEach.get(bound);
      if (known) return known;
      const asked = bound === undefined ? statuses : statuses.filter(({ manifest }) => manifest.id === bound);
      const side = { asked, planOf: routing.goodDay(asked) };
      ofEach.set(bound, side);
      return side;
    };
    return {
      priceOf: (request, inputSize) => {
        const { asked, planOf } = sideOf(request.wishes?.orOther === true ? undefined : request.provider);
        const onGoodDay = planOf({ request, inputSize });
        refuseImpossible(request, inputSize, asked, onGoodDay);
        return agreedUsd(request, onGoodDay, asked);
      },
    };
  };
}

/** So many of those who could not be asked for a model are named. */
const mostUnasked = 3;

/** Nobody's whole list: there may be a dozen providers. */
function nobodyHasModel(
  model: string,
  skipped: readonly SkippedProvider[],
  statuses: readonly ProviderStatus[],
): string {
  const asked = skipped.filter(({ code }) => code === 'unknownModel').map(({ provider }) => provider);
  const isBuiltin = ({ manifest }: ProviderStatus): boolean => manifest.kind === 'builtin';
  const known = statuses
    .filter(({ manifest }) => asked.includes(manifest.id))
    .flatMap(({ models }) => models.map(({ id }) => id));
  const unasked = skipped.filter(
    ({ provider }) => !asked.includes(provider) && !statuses.some((s) => s.manifest.id === provider && isBuiltin(s)),
  );
  const rest = unasked.length - mostUnasked;
  const names = [...unasked.slice(0, mostUnasked).map(({ name }) => name), ...(rest > 0 ? [`${rest} more`] : [])];
  return [
    `No provider that can be asked has a model "${model}".${didYouMean(model, known)}`,
    'The list of models (easel models) shows what there is.',
    ...(names.length > 0 ? [`Left out, or not set up: ${names.join(', ')}.`] : []),
  ].join(' ');
}
