import { expect, it, vi } from 'vitest';
import { exampleImage, exampleSummary } from '../examples-for-tests.ts';
import { createRecentStore, recentLimit } from './recent-store.ts';

type Client = Parameters<typeof createRecentStore>[0]['client'];

function setUp() {
  const images = [exampleImage(3, { request: { prompt: 'x'.repeat(300) } }), exampleImage(2)];
  const list = vi.fn(() => Promise.resolve({ images, next: null }));
  const store = createRecentStore({ client: { library: { list } } as unknown as Client });
  return { store, list, sequences: () => store.getState().images.map(({ sequence }) => sequence) };
}

it('holds the latest results, newest first, each once', async () => {
  const { store, sequences } = setUp();
  await store.getState().load();
  expect(store.getState().images[0]?.prompt).toHaveLength(200);
  store.getState().imageAdded(exampleSummary(4));
  store.getState().imageAdded(exampleSummary(3));
  expect(sequences()).toEqual([4, 3, 2]);
});

it('tells why they could not be read, keeps what it knows, and can try again', async () => {
  const { store, list, sequences } = setUp();
  await store.getState().load();
  list.mockRejectedValueOnce(new Error('The disk is slow.'));
  await store.getState().load();
  expect(store.getState().error).toMatchObject({ message: 'The disk is slow.' });
  expect(sequences()).toEqual([3, 2]);
  await store.getState().load();
  expect(store.getState().error).toBeNull();
});

it('puts an image that comes back from the trash where it was', async () => {
  const { store, sequences } = setUp();
  await store.getState().load();
  store.getState().imageAdded(exampleSummary(4));
  store.getState().imagesRemoved([exampleSummary(3).id]);
  expect(sequences()).toEqual([4, 2]);
  store.getState().imagesRestored([exampleSummary(3)]);
  expect(sequences()).toEqual([4, 3, 2]);
});

it('takes over what is newly said of an image it holds, and of no other', async () => {
  const { store, sequences } = setUp();
  await store.getState().load();
  store.getState().imagesChanged([{ ...exampleSummary(3), altText: 'A pear.' }]);
  store.getState().imagesChanged([{ ...exampleSummary(9), altText: 'A plum.' }]);
  expect(store.getState().images.map(({ altText }) => altText)).toEqual(['A pear.', null]);
  expect(sequences()).toEqual([3, 2]);
});

it('does not grow without end', () => {
  const { store, sequences } = setUp();
  for (let number = 1; number <= recentLimit + 5; number += 1) store.getState().imageAdded(exampleSummary(number));
  expect(sequences()).toHaveLength(recentLimit);
  expect(sequences()[0]).toBe(recentLimit + 5);
});
