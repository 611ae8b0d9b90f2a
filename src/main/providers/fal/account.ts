import type { Cost } from '../../../shared/models/cost.ts';
import type { Balance, Model, Price } from '../../../shared/models/provider.ts';
import type { Refusal } from '../http-failures.ts';
import { ProviderError, type CallOptions } from '../provider.ts';
import { BillingAnswer, BillingEventsAnswer, ModelsAnswer, PricesAnswer } from './answers.ts';
import type { Connection } from './connection.ts';
import { models } from './models.ts';

const healthTimeoutMs = 10_000;
const costTimeoutMs = 5_000;

/** The list of models can be read without a key, so it is the prices that tell whether the key is right. */
export async function checkKey({ http, platform }: Connection, options: CallOptions): Promise<void> {
  const query = { endpoint_id: 'fal-ai/flux/schnell' };
  await http.get(`${platform}/models/pricing`, PricesAnswer, { ...options, query, timeoutMs: healthTimeoutMs });
}

export async function readBalance({ http, platform }: Connection, options: CallOptions): Promise<Balance> {
  const { credits } = await http.get(`${platform}/account/billing`, BillingAnswer, {
    ...options,
    query: { expand: 'credits' },
    explain: explainAdmin,
  });
  const isDollars = credits.currency.toUpperCase() === 'USD';
  return {
    amount: credits.current_balance,
    unit: credits.currency,
    usd: isDollars ? credits.current_balance : null,
  };
}

function explainAdmin({ status }: Refusal): ProviderError | null {
  return status === 403
    ? new ProviderError(
        'auth',
        'fal tells the balance to keys of scope ADMIN only. This key can still be used to draw.',
      )
    : null;
}

/** Reads what requests really cost, as far as the key may: a refused one is not asked with again. */
export function createCostReader({ http, platform }: Connection) {
  let mayAsk = true;
  return async (requestId: string, options: CallOptions): Promise<Cost | null> => {
    if (!mayAsk) return null;
    try {
      const query = { request_id: requestId };
      const asking = { ...options, query, timeoutMs: costTimeoutMs };
      const answer = await http.get(`${platform}/models/billing-events`, BillingEventsAnswer, asking);
      const own = answer.billing_events.filter((event) => event.request_id === requestId);
      const amounts = own.flatMap(({ cost_total: total }) => total ?? []);
      if (amounts.length === 0 || amounts.length < own.length) return null;
      return { kind: 'reported', usd: amounts.reduce((sum, amount) => sum + amount, 0) };
    } catch (error) {
      if (options.signal.aborted) throw error;
      // The pictures are there; what they cost is estimated instead.
      if (error instanceof ProviderError && error.code === 'auth') mayAsk = false;
      return null;
    }
  };
}

/** The models Easel knows that fal still runs, at today's prices. */
export async function listModels({ http, platform }: Connection, options: CallOptions): Promise<readonly Model[]> {
  const query = { endpoint_id: models.map(({ id }) => id).join(','), limit: 50 };
  const [listed, prices] = await Promise.all([
    http.get(`${platform}/models`, ModelsAnswer, { ...options, query }),
    http.get(`${platform}/models/pricing`, PricesAnswer, { ...options, query }).catch((error: unknown) => {
      if (options.signal.aborted) throw error;
      return { prices: [] };
    }),
  ]);
  const gone = new Set(
    listed.models.filter(({ metadata }) => (metadata?.status ?? 'active') !== 'active').map((each) => each.endpoint_id),
  );
  const running = models.filter(({ id }) => !gone.has(id));
  return running.map((model) => {
    const price = prices.prices.find((each) => each.endpoint_id === model.id);
    return { ...model, price: (price && priceOf(model, price)) ?? model.price };
  });
}

/** Null for units that can't be counted beforehand, or not by what is known of a request. */
function priceOf(
  { operations }: Model,
  { unit_price: usd, unit, currency }: { unit_price: number; unit: string; currency?: string | null | undefined },
): Price | null {
  if ((currency ?? 'USD').toUpperCase() !== 'USD') return null;
  switch (unit.toLowerCase().replace(/s$/, '')) {
    case 'image':
      return { usd, per: 'image' };
    case 'megapixel':
      // What counts is the result, whose size only a model that is told one has beforehand.
      return operations.includes('upscale') ? null : { usd, per: 'megapixel' };
    case 'second':
      return { usd, per: operations.includes('video') ? 'second' : 'gpuSecond' };
    case 'request':
    case 'run':
    case 'generation':
      return { usd, per: 'request' };
    default:
      return null;
  }
}
