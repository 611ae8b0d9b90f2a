import { afterEach } from 'vitest';
import { createAstria } from '../../../src/main/providers/astria/adapter.ts';
import type { ImageProvider, ProviderRequest, SentRequest, Submission } from '../../../src/main/providers/provider.ts';
import { makeFakeAstria, type AstriaOptions } from '../../fakes/astria/service.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { makeRequest, never } from '../comfyui/requests.ts';

export type Finished = Extract<Submission, { state: 'finished' }>;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close();
});

/** Astria with one account, and an adapter for it; both are closed after the test. */
export async function startStand(
  account: AstriaOptions = {},
  options: FakeOptions = {},
): Promise<{ fake: Fake; provider: ImageProvider }> {
  const fake = await startFake(makeFakeAstria(account), { stepMs: 5, ...options });
  closing.push(fake);
  return { fake, provider: openAgain(fake) };
}

/** Another adapter for the same account, as after a restart. */
export function openAgain({ url, keys }: Pick<Fake, 'url' | 'keys'>): ImageProvider {
  const provider = createAstria({ url, credentials: keys });
  closing.push(provider);
  return provider;
}

/** For a model by its whole id. */
export async function requestFor(
  provider: ImageProvider,
  id: string,
  fields: Partial<ProviderRequest> = {},
): Promise<ProviderRequest> {
  const model = (await provider.listModels?.({ signal: never() }))?.find((each) => each.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return makeRequest(model, { steps: null, ...fields });
}

export async function finish(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  let submission = await provider.submit(request, { signal: never() });
  for (let asked = 0; submission.state === 'pending' && asked < 500; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    submission = await provider.collect(submission.task, { signal: never() });
  }
  if (submission.state !== 'finished') throw new Error(`it ended as ${submission.state}`);
  return submission;
}

/** The JSON bodies of prompts, oldest first. */
export function promptsSent(fake: Fake): Record<string, unknown>[] {
  return fake.requests
    .filter(({ kind, headers }) => kind === 'pay' && headers['content-type'] === 'application/json')
    .map(({ body }) => (JSON.parse(body.toString('utf8')) as { prompt: Record<string, unknown> }).prompt);
}

/** The fields of the last form that was sent. */
export async function lastForm(fake: Fake): Promise<FormData> {
  const sent = fake.requests.findLast(({ headers }) => headers['content-type']?.startsWith('multipart/form-data'));
  if (!sent) throw new Error('no form was sent');
  const headers = { 'content-type': sent.headers['content-type'] ?? '' };
  return new Response(new Uint8Array(sent.body), { headers }).formData();
}

export function sentAs(request: ProviderRequest, sentAt = Date.now()): SentRequest {
  const { attemptId, operation, model, prompt, seed, width, height, count } = request;
  return { attemptId, operation, model: model.id, prompt, seed, width, height, count, sentAt };
}
