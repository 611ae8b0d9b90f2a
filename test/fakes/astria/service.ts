import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { createPrompts } from './prompts.ts';
import { readPromptFields, readTuneFields, Unprocessable } from './request-rules.ts';
import { createTunes, gateway } from './tunes.ts';

export interface AstriaOptions {
  /** A setting of the account: the same words and seed give the same prompt, whatever its pictures. */
  readonly isIdempotent?: boolean;
  readonly balanceMc?: number;
  /** Some calls answer with a list of one. */
  readonly answersWithLists?: boolean;
  /** Otherwise it asks for a newer client. */
  readonly hasCatalogue?: boolean;
}

const notFound: FakeAnswer = { status: 404, json: { error: 'Not found' } };
const mostOffset = 200;

function numberOf({ query }: Exchange, name: string, usual: number): number {
  return Number(query.get(name) ?? usual);
}

/** What is wrong with a request is said field by field. */
function refusing(answer: FakeRoute['answer']): FakeRoute['answer'] {
  return async (exchange) => {
    try {
      return await answer(exchange);
    } catch (error) {
      if (error instanceof Unprocessable) return { status: 422, json: error.complaints };
      throw error;
    }
  };
}

function routesOf(kit: FakeKit, options: AstriaOptions): FakeRoute[] {
  const { isIdempotent = false, balanceMc = 1_250_000, answersWithLists = false, hasCatalogue = true } = options;
  const tunes = createTunes(kit, isIdempotent);
  const prompts = createPrompts(kit, tunes, { isIdempotent, balanceMc });

  const createPrompt: FakeRoute['answer'] = async (exchange) => {
    const tune = tunes.find(Number(exchange.params.tune));
    if (!tune) return notFound;
    const job = await prompts.create(tune, await readPromptFields(exchange));
    if (job === 'tooLittle') return { status: 402, json: { error: 'Payment required' } };
    const shown = await prompts.show(job);
    return { status: 201, json: answersWithLists ? [shown] : shown };
  };
  const createTune: FakeRoute['answer'] = async (exchange) => {
    const tune = tunes.create(await readTuneFields(exchange));
    prompts.charge(150_000);
    return { status: 201, json: tunes.show(tune) };
  };
  const readPrompt: FakeRoute['answer'] = async ({ params }) => {
    const job = prompts.find(Number(params.id));
    return job ? { json: await prompts.show(job) } : notFound;
  };
  const listPrompts: FakeRoute['answer'] = async (exchange) => {
    const offset = numberOf(exchange, 'offset', 0);
    if (offset > mostOffset) return { status: 400, json: { error: 'offset is too large' } };
    const shown = prompts.list(numberOf(exchange, 'limit', 20), offset);
    return { json: await Promise.all(shown.map((job) => prompts.show(job))) };
  };
  const listTunes: FakeRoute['answer'] = (exchange) => {
    const limit = numberOf(exchange, 'limit', 20);
    if (limit > 120) return { status: 400, json: { error: 'limit is too large' } };
    const before = exchange.query.get('before_id');
    return { json: tunes.list(limit, before === null ? null : Number(before)).map((tune) => tunes.show(tune)) };
  };
  const deletePrompt: FakeRoute['answer'] = ({ params }) => {
    const job = prompts.find(Number(params.id));
    if (!job) return notFound;
    prompts.remove(job);
    return { json: { message: 'Prompt successfully deleted' } };
  };
  const readTune: FakeRoute['answer'] = ({ params }) => {
    const tune = tunes.find(Number(params.id));
    return tune ? { json: tunes.show(tune) } : notFound;
  };
  const { id, name, ...more } = gateway;
  const catalogue = { default: name, models: { [name]: { tune_id: id, ...more } }, video_models: {} };
  const account = (): FakeAnswer => ({
    json: { id: 77, name: 'Some one', email: 'someone@example.org', usd_balance_mc: prompts.balance() },
  });
  return [
    { method: 'GET', path: '/users', kind: 'free', answer: account },
    {
      method: 'GET',
      path: '/cli/models',
      kind: 'free',
      isPublic: true,
      answer: () => (hasCatalogue ? { json: catalogue } : { status: 426, json: { error: 'Upgrade required' } }),
    },
    { method: 'GET', path: '/tunes', kind: 'free', answer: listTunes },
    { method: 'POST', path: '/tunes', kind: 'pay', answer: refusing(createTune) },
    { method: 'GET', path: '/tunes/:id', kind: 'poll', answer: readTune },
    { method: 'POST', path: '/tunes/:tune/prompts', kind: 'pay', answer: refusing(createPrompt) },
    { method: 'GET', path: '/prompts', kind: 'free', answer: listPrompts },
    { method: 'GET', path: '/prompts/:id', kind: 'poll', answer: readPrompt },
    { method: 'DELETE', path: '/prompts/:id', kind: 'free', answer: deletePrompt },
  ];
}

export function makeFakeAstria(options: AstriaOptions = {}): FakeDefinition {
  return {
    id: 'astria',
    basePath: '',
    keys: { apiKey: 'sd_easel-test-key-astria-0123456789abcdef' },
    isAuthorized: ({ headers }, { apiKey }) => headers.authorization === `Bearer ${apiKey ?? ''}`,
    unauthorized: { status: 401, json: { error: 'Unauthorized' } },
    create: (kit) => routesOf(kit, options),
  };
}

/** Astria, with an account that has trained four models. */
export const fakeAstria: FakeDefinition = makeFakeAstria();
