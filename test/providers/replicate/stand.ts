import { afterEach } from 'vitest';
import sharp from 'sharp';
import { createReplicate } from '../../../src/main/providers/replicate/adapter.ts';
import { models } from '../../../src/main/providers/replicate/models.ts';
import type { ImageProvider, InputImage, Submission, Task } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeReplicate } from '../../fakes/replicate/service.ts';
import { never } from '../comfyui/requests.ts';

export const options = { signal: never() };

export function modelNamed(id: string): Model {
  const found = models.find((each) => each.id === id || each.id === `black-forest-labs/${id}`);
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

/** Starts stand-ins with adapters; all are closed after each test. */
export function useReplicate() {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });
  const another = (fake: Fake, keys = fake.keys): ImageProvider => {
    const provider = createReplicate({ url: fake.url, credentials: keys });
    open.push(provider);
    return provider;
  };
  return {
    another,
    async start(more: FakeOptions = {}) {
      const fake = await startFake(fakeReplicate, { stepMs: 5, largestSide: 128, ...more });
      open.push(fake);
      return { fake, provider: another(fake) };
    },
  };
}

/** Asks until the task has ended. */
export async function endOf(provider: ImageProvider, task: Task): Promise<Exclude<Submission, { state: 'pending' }>> {
  for (let asked = 0; asked < 500; asked += 1) {
    const submission = await provider.collect(task, options);
    if (submission.state !== 'pending') return submission;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error('the task never ended');
}

export async function finishedOf(provider: ImageProvider, first: Submission) {
  const end = first.state === 'pending' ? await endOf(provider, first.task) : first;
  if (end.state !== 'finished') throw new Error(`the task ended as ${end.state}`);
  return end;
}

/** The last paid request: where it went and its body. */
export function paid(fake: Fake) {
  const last = fake.requests.findLast(({ kind }) => kind === 'pay');
  const body = JSON.parse(last?.body.toString() ?? 'null') as { input: Record<string, unknown>; version?: string };
  return { path: last?.path, headers: last?.headers ?? {}, ...body };
}

/** A picture of noise, too large to be sent inside a request. */
export async function makeLargeInput(): Promise<InputImage> {
  const side = 400;
  const noise = Buffer.from(Array.from({ length: side * side * 3 }, (_each, at) => (at * 2_654_435_761) >>> 24));
  const bytes = await sharp(noise, { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { bytes, hash: 'f'.repeat(64), format: 'png', width: side, height: side };
}
