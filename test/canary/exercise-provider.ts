import type { Operation } from '../../src/shared/models/generation-request.ts';
import type { Model, ProviderStatus } from '../../src/shared/models/provider.ts';
import type { Fake, Fault } from '../fakes/kit/fake-types.ts';
import { sizeFor } from '../provider-kit/requests.ts';
import { until } from '../server/start-serve.ts';
import type { RecordedClient } from './recorded-client.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly message: string } | null;
  readonly attempts: readonly { readonly endedAt: number | null }[];
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

const hasEnded = ({ state }: Job): boolean => state !== 'queued' && state !== 'running';
const patienceMs = 30_000;

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
  const show = async ({ id: job }: Job): Promise<Job> => (await client.call<Job>('jobs/show', { id: job })).answer;
  const runToEnd = async (what: string, job: Job): Promise<void> => {
    let last = job;
    await until(async () => hasEnded((last = await show(job))), patienceMs).catch(() => {
      throw new Error(`${id}, ${what}: still ${last.state}: ${JSON.stringify(last)}`);
    });
    await client.get(`/previews/${job.id}`);
    tried.push({ what, state: last.state, message: last.error?.message ?? '' });
    if (last.state !== 'needs_attention') return;
    await client.call('jobs/check', { id: job.id });
    await until(async () => hasEnded((last = await show(job))), patienceMs);
    if (last.state === 'needs_attention') await client.call('jobs/giveUp', { id: job.id });
  };

  const operations = [...new Set(status.models.flatMap((model) => model.operations))];
  for (const operation of operations) await runToEnd(operation, await create(operation));

  const [usual] = operations as [Operation];
  for (const [what, fault] of Object.entries(paidFaults(repeated))) {
    if (!canFail(fake, fault)) continue;
    const job = await create(usual);
    // Some pause for a minute before they are asked again.
    if (fault.status === 429) {
      await until(async () => (await show(job)).attempts[0]?.endedAt != null, patienceMs);
      await client.call('jobs/cancel', { id: job.id });
    }
    await runToEnd(what, job);
    fake.clearFaults();
  }
  for (const word of ['forbidden', 'unsafe'])
    await runToEnd(word, await create(usual, { prompt: `something ${word}` }));
  if (canFail(fake, { on: 'file', kind: 'status', status: 500, times: 1 })) {
    await runToEnd('file', await create(usual));
    fake.clearFaults();
  }
  if (canFail(fake, { on: 'pay', kind: 'hang', times: 1 })) {
    const job = await create(usual);
    await until(async () => (await show(job)).state !== 'queued');
    await new Promise((resolve) => setTimeout(resolve, 50));
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

function paidFaults(repeated: readonly string[]): Readonly<Record<string, Fault>> {
  const json = quoting(repeated);
  const fault = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => ({ on: 'pay', kind, times: 1, ...more });
  return {
    '400': fault('status', { status: 400, json }),
    '401': fault('status', { status: 401, json }),
    '403': fault('status', { status: 403, json }),
    '422': fault('status', { status: 422, json }),
    '429': fault('status', { status: 429, json, retryAfter: '0' }),
    '500': fault('status', { status: 500, json }),
    '504 after the work': fault('statusAfter', { status: 504, json }),
    'nonsense with the key': fault('status', { status: 200, json }),
    reset: fault('resetAfter'),
    'web page': fault('html'),
    'half an answer': fault('cutJson'),
    'wrong type': fault('wrongType'),
  };
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
