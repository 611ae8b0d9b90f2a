import { afterEach } from 'vitest';
import { createAutomatic1111, type Automatic1111Options } from '../../../src/main/providers/automatic1111/adapter.ts';
import type { ImageProvider, ProviderRequest, Submission } from '../../../src/main/providers/provider.ts';
import { makeFakeAutomatic1111, type Flavour } from '../../fakes/automatic1111/service.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { findModel, makeRequest, never } from '../comfyui/requests.ts';

export type Finished = Extract<Submission, { state: 'finished' }>;

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close();
});

/** A web UI of some kind and an adapter for it; both are closed after the test. */
export async function startStand(
  flavour: Partial<Flavour> = {},
  options: FakeOptions = {},
  more: Automatic1111Options = {},
): Promise<{ fake: Fake; provider: ImageProvider }> {
  const kind = flavour.kind ?? 'automatic1111';
  const whole: Flavour = { kind, knowsIds: kind !== 'sdnext', hasApi: true, ...flavour };
  const fake = await startFake(makeFakeAutomatic1111(whole), { stepMs: 5, ...options });
  closing.push(fake);
  return { fake, provider: openAgain(fake, more) };
}

/** Another adapter for the same server, as after a restart. */
export function openAgain(
  { url, keys }: Pick<Fake, 'url' | 'keys'>,
  { pollMs = 5, patienceMs = 10_000 }: Automatic1111Options = {},
): ImageProvider {
  const provider = createAutomatic1111({ url, credentials: keys }, { pollMs, patienceMs });
  closing.push(provider);
  return provider;
}

export async function requestFor(
  provider: ImageProvider,
  part: string,
  fields: Partial<ProviderRequest> = {},
): Promise<ProviderRequest> {
  return makeRequest(await findModel(provider, part), { sampler: 'Euler', scheduler: 'Karras', ...fields });
}

/** The whole way, with all that is said of it. */
export async function finish(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  let submission = await provider.submit(request, { signal: never() });
  for (let asked = 0; submission.state === 'pending' && asked < 2000; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    submission = await provider.collect(submission.task, { signal: never() });
  }
  if (submission.state !== 'finished') throw new Error(`it ended as ${submission.state}`);
  return submission;
}

/** The bodies that were sent to a path, oldest first. */
export function bodiesSent(fake: Fake, path: string): Record<string, unknown>[] {
  return fake.requests
    .filter((request) => request.path === `/sdapi/v1/${path}`)
    .map(({ body }) => JSON.parse(body.toString('utf8')) as Record<string, unknown>);
}

const basicOf = ({ keys }: Fake): string => `Basic ${btoa(`${keys.user ?? ''}:${keys.password ?? ''}`)}`;

/** Somebody else at the same server, with the same password. */
export function asStranger(fake: Fake, path: string, body: unknown): Promise<Response> {
  return fetch(`${fake.url}/sdapi/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basicOf(fake) },
    body: JSON.stringify(body),
  });
}

/** Until the server is at work on something. */
export async function untilBusy(fake: Fake): Promise<void> {
  for (let asked = 0; asked < 1000; asked += 1) {
    const url = `${fake.url}/sdapi/v1/progress?skip_current_image=true`;
    const answer = await fetch(url, { headers: { authorization: basicOf(fake) } });
    const { state } = (await answer.json()) as { state: { job_count: number } };
    if (state.job_count !== 0) return;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error('the server never began');
}
