import type { Exchange, FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { inputs, prices } from './endpoints.ts';
import type { Jobs } from './jobs.ts';

const startBalance = 25;
const largestPage = 100;

/** `https://api.fal.ai/v1`, whose refusals have a shape of their own and whose money matters want an admin's key. */
export function platformRoutes(kit: FakeKit, jobs: Jobs): readonly FakeRoute[] {
  const ownKey = `Key ${kit.options.keys.apiKey ?? ''}`;
  const isAdmin = !(kit.options.keys.apiKey ?? '').startsWith('ordinary');
  const refuse = (status: number, type: string, message: string): FakeAnswer => ({
    status,
    json: { error: { type, message, docs_url: 'https://docs.fal.ai/platform-apis' } },
  });
  const get = (
    path: string,
    scope: 'anybody' | 'ordinary' | 'admin',
    answer: (exchange: Exchange) => FakeAnswer,
  ): FakeRoute => ({
    method: 'GET',
    path: `/v1${path}`,
    kind: 'free',
    isPublic: true,
    answer: (exchange) => {
      if (scope !== 'anybody' && exchange.headers.authorization !== ownKey) {
        return refuse(401, 'authorization_error', 'Authentication failed');
      }
      if (scope === 'admin' && !isAdmin) return refuse(403, 'authorization_error', 'This needs an admin API key');
      return answer(exchange);
    },
  });
  const endpointsOf = ({ query }: Exchange): string[] => {
    const wished = query.getAll('endpoint_id').flatMap((text) => text.split(','));
    return wished.length === 0 ? Object.keys(inputs) : wished;
  };

  return [
    get('/models/pricing', 'ordinary', (exchange) => ({
      json: {
        prices: endpointsOf(exchange).flatMap((id) => {
          const price = prices[id];
          return price ? [{ endpoint_id: id, unit_price: price.usd, unit: price.unit, currency: 'USD' }] : [];
        }),
        next_cursor: null,
        has_more: false,
      },
    })),
    get('/models', 'anybody', (exchange) => ({
      json: {
        models: endpointsOf(exchange)
          .filter((id) => id in inputs)
          .map((id) => ({
            endpoint_id: id,
            metadata: {
              display_name: id,
              category: 'text-to-image',
              status: id.endsWith('aura-sr') ? 'deprecated' : 'active',
            },
          })),
        next_cursor: null,
        has_more: false,
      },
    })),
    get('/models/requests/by-endpoint', 'ordinary', ({ query }) => {
      const start = Date.parse(query.get('start') ?? '');
      const limit = Number(query.get('limit') ?? 50);
      if (!query.get('endpoint_id') || !Number.isFinite(start) || limit > largestPage) {
        return refuse(400, 'validation_error', 'endpoint_id, start or limit is wrong');
      }
      const first = Number(query.get('cursor') ?? 0);
      const begun = jobs.all
        .filter(({ endpoint, startsAt, isCancelled }) => {
          return endpoint === query.get('endpoint_id') && startsAt <= kit.now() && startsAt >= start && !isCancelled;
        })
        .toReversed();
      const rest = begun.length > first + limit;
      return {
        json: {
          items: begun.slice(first, first + limit).map(({ id, endpoint, sentAt, startsAt, input }) => ({
            request_id: id,
            endpoint_id: endpoint,
            sent_at: new Date(sentAt).toISOString(),
            started_at: new Date(startsAt).toISOString(),
            ...(query.get('expand') === 'payloads' ? { json_input: input } : {}),
          })),
          next_cursor: rest ? String(first + limit) : null,
          has_more: rest,
        },
      };
    }),
    get('/models/billing-events', 'admin', ({ query }) => {
      const ids = (query.get('request_id') ?? '').split(',');
      return {
        json: {
          billing_events: jobs.all
            .filter(({ id, refusal }) => ids.includes(id) && !refusal)
            .map(({ id, endpoint, usd }) => ({
              request_id: id,
              endpoint_id: endpoint,
              cost_subtotal: usd,
              cost_total: usd,
            })),
          next_cursor: null,
          has_more: false,
        },
      };
    }),
    get('/account/billing', 'admin', ({ query }) => {
      const spent = jobs.all.filter(({ refusal }) => !refusal).reduce((sum, { usd }) => sum + usd, 0);
      const credits = { current_balance: startBalance - spent, currency: 'USD' };
      return { json: { username: 'lighthouse', ...(query.get('expand') === 'credits' ? { credits } : {}) } };
    }),
  ];
}
