import type { Operation } from '../../src/shared/models/generation-request.ts';
import type { Model, ProviderStatus } from '../../src/shared/models/provider.ts';
import type { Fake, Fault } from '../fakes/kit/fake-types.ts';
import { sizeFor } from '../provider-kit/requests.ts';
import type { RecordedClient } from './recorded-client.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly message: string } | null;
  readonly attempts: readonly { readonly error: { readonly code: string } | null }[];
}

/** What became of each thing that was tried. */
export interface Tried {
  readonly what: string;
  readonly state: string;
  readonly message: string;
}

export interface Inputs {
  readonly image: string;
  readonly mask: string;
}

/** On a busy machine, dozens of jobs at once take their time. */
const patienceMs = 150_000;
const askAgainMs = 100;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Does all that can be done with a provider: each operation, each failure that matters, and all free questions. */
export async function exerciseProvider(
  { id, fake, repeated }: { id: string; fake: Fake; repeated: readonly string[] },
  client: RecordedClient,
  inputs: Inputs,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const { answer: status } = await client.call<ProviderStatus>('keys/test', { provider: id });
  tried.push({ what: 'test', state: status.health.state, message: status.health.message });
  if (status.health.state !== 'ready') return tried;

  const create = async (operation: Operation, more: object = {}): Promise<Job> => {
    const model = status.models.find(({ operations }) => operations.includes(operation))!;
    const request = { ...requestOf(id, model, operation, inputs), ...more };
    const { status: code, answer } = await client.call<Job>('jobs/create', request);
    if (code !== 200) throw new Error(`${id} ${operation}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const show = async (job: string): Promise<Job> => (await client.call<Job>('jobs/show', { id: job })).answer;
  const ended = async (job: string): Promise<Job> => {
    for (const giveUpAt = Date.now() + patienceMs; ;) {
      const now = await show(job);
      if (now.state !== 'queued' && now.state !== 'running') return now;
      // Some pause for a minute before they are asked again.
      if (now.attempts.at(-1)?.error?.code === 'rate_limit') await client.call('jobs/cancel', { id: job });
      // So many failures open its breaker, which nobody has to wait for here.
      if (now.state === 'queued') await client.call('routing/reset', { provider: id });
      if (Date.now() > giveUpAt) throw new Error(`${id}: still ${now.state}: ${JSON.stringify(now)}`);
      await pause(askAgainMs);
    }
  };
  const runToEnd = async (what: string, { id: job }: Job): Promise<void> => {
    let last = await ended(job);
    await client.get(`/previews/${job}`);
    tried.push({ what, state: last.state, message: last.error?.message ?? '' });
    if (last.state !== 'needs_attention') return;
    await client.call('jobs/check', { id: job });
    last = await ended(job);
    if (last.state === 'needs_attention') await client.call('jobs/giveUp', { id: job });
  };

  const operations = [...new Set(status.models.flatMap((model) => model.operations))];
  await Promise.all(operations.map(async (operation) => runToEnd(operation, await create(operation))));

  // Which of the jobs has which of the faults is of no account.
  const [usual] = operations as [Operation];
  const faults = paidFaults(repeated).filter((fault) => canFail(fake, fault));
  const words = [...faults.map((_fault, at) => `number ${at}`), 'forbidden', 'unsafe'];
  await Promise.all(
    words.map(async (word, at) => {
      await runToEnd(word, await create(usual, { prompt: `a lighthouse, ${word}`, seed: at }));
    }),
  );
  fake.clearFaults();

  if (canFail(fake, { on: 'pay', kind: 'hang', times: 1 })) {
    const job = await create(usual);
    while ((await show(job.id)).state === 'queued') {
      await client.call('routing/reset', { provider: id });
      await pause(askAgainMs);
    }
    await pause(askAgainMs);
    await client.call('jobs/cancel', { id: job.id });
    await runToEnd('cancel', job);
    fake.clearFaults();
  }
  for (const [what, fault] of Object.entries(freeFaults(repeated))) {
    if (!canFail(fake, fault)) continue;
    const { answer } = await client.call<ProviderStatus>('providers/check', { id });
    tried.push({ what, state: answer.health.state, message: answer.health.message });
    fake.clearFaults();
  }
  await client.call('keys/test', { provider: id });
  return tried;
}

/** The stand-in of ComfyUI knows fewer faults than the others. */
function canFail(fake: Fake, fault: Fault): boolean {
  try {
    fake.addFault(fault);
    return true;
  } catch {
    return false;
  }
}

function requestOf(provider: string, model: Model, operation: Operation, { image, mask }: Inputs): object {
  const startsWithPrompt = operation === 'textToImage' || (operation === 'video' && model.startsFrom === 'prompt');
  const hasPrompt = operation !== 'upscale' && operation !== 'removeBackground';
  const [seconds] = model.choices.seconds ?? [];
  return {
    provider,
    model: model.id,
    operation,
    seed: 7,
    ...(hasPrompt ? { prompt: 'a lighthouse at dusk' } : {}),
    ...(operation === 'textToImage' ? sizeFor(model) : {}),
    ...(startsWithPrompt ? {} : { image }),
    ...(operation === 'inpaint' ? { mask } : {}),
    ...(seconds === undefined ? {} : { seconds }),
  };
}

/** A service that quotes the key it was given, as several do, in every way that comes to mind. */
export function quoting(repeated: readonly string[]): object {
  const quoted = repeated.flatMap((secret) => [
    secret,
    `Bearer ${secret}`,
    `Key ${secret}`,
    encodeURIComponent(secret),
  ]);
  const words = `Incorrect API key provided: ${quoted.join(', ')}.`;
  const first = { code: 'invalid_api_key', message: words, type: words, param: words, parameter: words };
  return {
    error: { ...first, errors: [first] },
    message: words,
    detail: words,
    errors: [first],
    name: words,
    id: quoted[0] ?? 'nothing',
    data: [],
  };
}

function paidFaults(repeated: readonly string[]): readonly Fault[] {
  const json = quoting(repeated);
  const fault = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => ({ on: 'pay', kind, times: 1, ...more });
  return [
    ...[400, 401, 402, 403, 422, 429, 500].map((status) => fault('status', { status, json, retryAfter: '0' })),
    fault('statusAfter', { status: 504, json }),
    // What is no failure by its number, but no answer either.
    fault('status', { status: 200, json }),
    fault('resetAfter'),
    fault('html'),
    fault('cutJson'),
    fault('wrongType'),
    { on: 'file', kind: 'status', status: 500, times: 1, json },
  ];
}

function freeFaults(repeated: readonly string[]): Readonly<Record<string, Fault>> {
  const json = quoting(repeated);
  const fault = (more: Partial<Fault>): Fault => ({ on: 'free', kind: 'status', times: 2, json, ...more });
  return {
    'check 401': fault({ status: 401 }),
    'check 500': fault({ status: 500 }),
    'check nonsense': fault({ status: 200 }),
    'check web page': fault({ kind: 'html' }),
  };
}
