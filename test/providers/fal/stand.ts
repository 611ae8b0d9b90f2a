import { afterEach } from 'vitest';
import { createFal } from '../../../src/main/providers/fal/adapter.ts';
import { models } from '../../../src/main/providers/fal/models.ts';
import type { ImageProvider, InputImage, Submission, Task } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import { fakeFal } from '../../fakes/fal/service.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { makeInput, never } from '../comfyui/requests.ts';

export const options = { signal: never() };

export function falModel(id: string): Model {
  const found = models.find((each) => each.id === `fal-ai/${id}`);
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

/** Starts stand-ins with adapters; all are closed after each test. */
export function useFal() {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });
  const another = (fake: Fake, keys = fake.keys): ImageProvider => {
    const provider = createFal({ url: fake.url, credentials: keys });
    open.push(provider);
    return provider;
  };
  return {
    another,
    async start(more: FakeOptions = {}) {
      const fake = await startFake(fakeFal, { stepMs: 5, largestSide: 128, ...more });
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

/** The input of the last paid request, as JSON. */
export function paidInput(fake: Fake): Record<string, unknown> {
  const paid = fake.requests.findLast(({ kind }) => kind === 'pay');
  return JSON.parse(paid?.body.toString() ?? 'null') as Record<string, unknown>;
}

export const paidPaths = (fake: Fake): string[] =>
  fake.requests.filter(({ kind }) => kind === 'pay').map(({ path }) => path);

/** White where it is to be painted anew: here everywhere. */
export const makeMask = (width: number, height: number): InputImage => makeInput(width, height, 5);
