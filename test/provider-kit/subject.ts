import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderPlace } from '../../src/main/providers/provider.ts';
import { providerKinds, type ProviderKind } from '../../src/main/providers/registry.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import type { Fake, FakeOptions } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { startComfyuiSubject } from './comfyui-subject.ts';
import { exceptions, type Exceptions } from './exceptions.ts';

/** A provider with the service it talks to. `fake` is null for the one that needs none. */
export interface Stand {
  readonly place: ProviderPlace;
  readonly fake: Fake | null;
  close(): Promise<void>;
}

export interface Subject {
  readonly id: string;
  readonly kind: ProviderKind;
  /** Rules that do not hold, or can't be tried, each with its reason. */
  readonly exceptions: Exceptions;
  start(options?: FakeOptions): Promise<Stand>;
}

/** All providers that Easel has. One without a stand-in is a mistake. */
export const subjects: readonly Subject[] = providerKinds.map((kind) => {
  const { id } = kind.manifest;
  return { id, kind, exceptions: exceptions[id] ?? {}, start: (options) => startSubject(id, options) };
});

async function startSubject(id: string, options: FakeOptions = {}): Promise<Stand> {
  if (id === 'builtin') return { place: { url: '', credentials: {} }, fake: null, close: () => Promise.resolve() };
  const definition = allFakes.find((fake) => fake.id === id);
  const fake =
    id === 'comfyui' ? await startComfyuiSubject(options) : definition && (await startFake(definition, options));
  if (!fake) throw new Error(`${id} has no stand-in in test/fakes/all-fakes.ts`);
  return { place: { url: fake.url, credentials: fake.keys }, fake, close: () => fake.close() };
}

/** An address on this machine where nobody listens. */
export async function closedUrl(url: string): Promise<string> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const closed = new URL(url);
  closed.port = String(port);
  return closed.href;
}
