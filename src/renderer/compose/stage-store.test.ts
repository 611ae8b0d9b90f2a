import { expect, it, vi } from 'vitest';
import { exampleImage } from '../ui/examples-for-tests.ts';
import { createStageStore } from './stage-store.ts';

type Parts = Parameters<typeof createStageStore>[0];

it('reads the details of an image once', async () => {
  const image = vi.fn(({ id }: { id: string }) => Promise.resolve(exampleImage(1, { id })));
  const store = createStageStore({ client: { library: { image } } as unknown as Parts['client'] });
  await store.getState().loadDetails('a');
  await store.getState().loadDetails('a');
  expect(image).toHaveBeenCalledOnce();
  expect(store.getState().details.a).toMatchObject({ id: 'a' });
});

it('does without the details of an image that is gone', async () => {
  const image = () => Promise.reject(new Error('There is no such image.'));
  const store = createStageStore({ client: { library: { image } } as unknown as Parts['client'] });
  await store.getState().loadDetails('a');
  expect(store.getState().details).toEqual({});
});
