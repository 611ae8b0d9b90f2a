import { describe, expect, it, vi } from 'vitest';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { Toast } from '../ui/toast.ts';
import { createGalleryStore } from './gallery-store.ts';

const bucketSize = 256;

const image = (sequence: number): ImageSummary => ({
  id: `00000000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
  sequence,
  hash: 'a'.repeat(64),
  width: 512,
  height: 512,
  prompt: `picture ${sequence}`,
  altText: null,
  rating: null,
});

/** A library that answers as the real one does, and can be changed from outside. */
function library(sequences: Iterable<number>) {
  const kept = new Set(sequences);
  const bucketOf = (sequence: number): number => Math.floor(sequence / bucketSize);
  const bucket = vi.fn(({ bucket }: { bucket: number }) =>
    Promise.resolve({
      images: [...kept]
        .filter((sequence) => bucketOf(sequence) === bucket)
        .sort((one, other) => other - one)
        .map(image),
    }),
  );
  const sequenceOf = (id: string): number => Number(id.slice(-12));
  return {
    kept,
    client: {
      library: {
        overview: () => {
          const counts = new Map<number, number>();
          for (const sequence of kept) counts.set(bucketOf(sequence), (counts.get(bucketOf(sequence)) ?? 0) + 1);
          return Promise.resolve({
            total: kept.size,
            bucketSize,
            buckets: [...counts].sort(([one], [other]) => other - one),
          });
        },
        bucket,
        trash: vi.fn(({ ids }: { ids: string[] }) => {
          for (const id of ids) kept.delete(sequenceOf(id));
          return Promise.resolve({ trashed: ids });
        }),
        restore: vi.fn(({ ids }: { ids: string[] }) => {
          for (const id of ids) kept.add(sequenceOf(id));
          return Promise.resolve({ restored: ids });
        }),
      },
    },
  };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function open(sequences: Iterable<number>) {
  const { kept, client } = library(sequences);
  const toasts: Toast[] = [];
  const rateImages = vi.fn((_ids: readonly string[], _rating: number) => Promise.resolve());
  const store = createGalleryStore({ client, rateImages, notify: (toast) => toasts.push(toast) });
  await store.getState().load();
  return { store, kept, client, toasts, rateImages, state: () => store.getState() };
}

/** Everything the gallery shows, read through its window. */
async function shown(state: ReturnType<typeof createGalleryStore>): Promise<number[]> {
  state.getState().want(0, state.getState().total - 1);
  for (let turn = 0; turn < 50; turn++) await settle();
  return Array.from({ length: state.getState().total }, (_, place) => state.getState().imageAt(place)?.sequence ?? -1);
}

const newestFirst = (kept: Iterable<number>): number[] => [...kept].sort((one, other) => other - one);

describe('gallery store', () => {
  it('shows every image once, newest first', async () => {
    const { store, kept } = await open(upTo(1000).filter((sequence) => sequence % 7 !== 0));
    expect(await shown(store)).toEqual(newestFirst(kept));
  });

  it('reads only the buckets that are looked at', async () => {
    const { state, client } = await open(upTo(100_000));
    state().want(0, 60);
    state().want(50_000, 50_060);
    await settle();
    expect(client.library.bucket.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('puts new, removed and restored images in place without reading anything again', async () => {
    const { store, state, kept, client } = await open(upTo(600));
    await shown(store);
    client.library.bucket.mockClear();
    kept.add(601);
    state().imageAdded(image(601));
    for (const sequence of [600, 255, 1]) kept.delete(sequence);
    state().imagesRemoved([image(600), image(255), image(1)]);
    kept.add(255);
    state().imagesRestored([image(255)]);
    expect(state().total).toBe(kept.size);
    expect(await shown(store)).toEqual(newestFirst(kept));
    expect(client.library.bucket).not.toHaveBeenCalled();
  });

  it('shows what is newly said of an image in its place, without reading anything again', async () => {
    const { store, state, client } = await open(upTo(300));
    await shown(store);
    client.library.bucket.mockClear();
    const before = state().revision;
    state().imagesChanged([{ ...image(299), altText: 'A pear on a blue plate.' }]);
    expect(state().imageAt(1)).toMatchObject({ sequence: 299, altText: 'A pear on a blue plate.' });
    expect(state().imageAt(0)).toMatchObject({ sequence: 300, altText: null });
    expect(state().total).toBe(300);
    expect(state().revision).toBeGreaterThan(before);
    expect(client.library.bucket).not.toHaveBeenCalled();
  });

  it('shows a first image in an empty gallery, and a new bucket when the old one is full', async () => {
    const { store, state } = await open([]);
    expect(state().total).toBe(0);
    state().imageAdded(image(255));
    state().imageAdded(image(256));
    expect(state().total).toBe(2);
    expect([state().imageAt(0)?.sequence, state().imageAt(1)?.sequence]).toEqual([256, 255]);
    expect(store.getState().phase).toBe('ready');
  });

  it('counts an image once that was already in the answer when its event came', async () => {
    const { store, state, kept } = await open(upTo(10));
    await shown(store);
    state().imageAdded(image(10));
    expect(state().total).toBe(10);
    // Not read yet: the count is put right by what is read.
    const late = await open(upTo(10));
    late.state().imageAdded(image(10));
    await shown(late.store);
    expect(late.state().total).toBe(kept.size);
  });

  it('keeps the keyboard on its image while others come and go, and on its place when it goes', async () => {
    const { store, state } = await open(upTo(20));
    await shown(store);
    state().moveTo(5);
    expect(state().active).toEqual({ place: 5, sequence: 15 });
    state().imageAdded(image(21));
    expect(state().active).toEqual({ place: 6, sequence: 15 });
    state().imagesRemoved([image(15)]);
    expect(state().active).toEqual({ place: 6, sequence: 14 });
    state().imagesRemoved(upTo(14).map(image));
    expect(state().active).toEqual({ place: 5, sequence: 16 });
  });

  it('selects one, several, and a range over parts that were never read', async () => {
    const { state } = await open(upTo(100_000));
    await state().select(0, 'only');
    expect(state().selectedCount).toBe(1);
    await state().select(2, 'toggle');
    expect(state().selectedCount).toBe(2);
    await state().select(0, 'only');
    await state().select(90_000, 'range');
    await settle();
    expect(state().selectedCount).toBe(90_001);
    await state().select(90_001, 'addRange');
    await settle();
    expect(state().selectedCount).toBe(90_002);
    state().clearSelection();
    expect(state().selectedCount).toBe(0);
  });

  it('selects the image that the viewer was left at, where one was selected, and leaves several selected', async () => {
    const { state } = await open(upTo(600));
    await state().select(0, 'only');
    state().returnTo(4);
    await settle();
    expect(state().selection).toEqual([{ low: 596, high: 596 }]);
    expect(state().active).toMatchObject({ place: 4 });

    await state().select(0, 'toggle');
    state().returnTo(9);
    await settle();
    expect(state().selectedCount).toBe(2);
    expect(state().active).toMatchObject({ place: 9 });
  });

  it('starts a range where the keyboard was, and keeps that start while the range grows and shrinks', async () => {
    const { store, state } = await open(upTo(100));
    await shown(store);
    await state().select(90, 'only');
    state().moveTo(10);
    await state().select(12, 'range');
    await state().select(14, 'range');
    await state().select(13, 'range');
    expect(state().selection).toEqual([{ low: 87, high: 90 }]);
  });

  it('selects all there is now, and nothing that arrives later', async () => {
    const { state } = await open(upTo(3000));
    await state().selectAll();
    expect(state().selectedCount).toBe(3000);
    state().imageAdded(image(3001));
    expect(state().total).toBe(3001);
    expect(state().selectedCount).toBe(3000);
  });

  it('moves the selected images to the trash and takes them back with Undo', async () => {
    const { state, kept, toasts, client } = await open(upTo(12_000));
    await state().selectAll();
    await state().trashSelected();
    expect(kept.size).toBe(0);
    expect(client.library.trash.mock.calls.every(([{ ids }]) => ids.length <= 10_000)).toBe(true);
    expect(state().selectedCount).toBe(0);
    expect(toasts).toHaveLength(1);
    toasts[0]?.action?.run();
    await settle();
    expect(kept.size).toBe(12_000);
  });

  it('trashes the image with the keyboard where nothing is selected', async () => {
    const { store, state, kept } = await open(upTo(3));
    await shown(store);
    state().moveTo(1);
    await state().trashSelected();
    expect(newestFirst(kept)).toEqual([3, 1]);
  });

  it('finds the neighbours of an image, across buckets and even when it is gone', async () => {
    const { state } = await open([1, 2, 300, 301, 5000]);
    expect((await state().neighbour(300, 'older'))?.sequence).toBe(2);
    expect((await state().neighbour(301, 'newer'))?.sequence).toBe(5000);
    expect(await state().neighbour(5000, 'newer')).toBeUndefined();
    state().imagesRemoved([image(300)]);
    expect((await state().neighbour(300, 'older'))?.sequence).toBe(2);
    expect((await state().neighbour(300, 'newer'))?.sequence).toBe(301);
    expect(await state().indexOf(image(301))).toBe(1);
    expect(await state().indexOf(image(300))).toBeNull();
  });

  it('rates what is selected, else what has the keyboard, and tells what is said of it where it stands', async () => {
    const { store, state, rateImages } = await open(upTo(20));
    await shown(store);
    await state().rateSelected(3);
    expect(rateImages).toHaveBeenLastCalledWith([], 3);
    state().moveTo(2);
    await state().rateSelected(3);
    expect(rateImages).toHaveBeenLastCalledWith([image(18).id], 3);
    await state().select(0, 'only');
    await state().select(1, 'toggle');
    await state().rateSelected(0);
    expect(rateImages).toHaveBeenLastCalledWith([image(20).id, image(19).id], 0);
    expect(state().selectedCount).toBe(2);
    state().imagesChanged([
      { ...image(20), rating: 5 },
      { ...image(18), rating: 3 },
    ]);
    expect([0, 1, 2].map((place) => state().imageAt(place)?.rating)).toEqual([5, null, 3]);
  });

  it('says why it could not be read, and reads again when asked', async () => {
    const { client } = library(upTo(5));
    const overview = vi
      .fn()
      .mockRejectedValueOnce(new Error('The library is gone.'))
      .mockImplementation(client.library.overview);
    const store = createGalleryStore({
      client: { library: { ...client.library, overview } },
      rateImages: vi.fn(),
      notify: vi.fn(),
    });
    await store.getState().load();
    expect(store.getState()).toMatchObject({ phase: 'failed', error: { message: 'The library is gone.' } });
    store.getState().retry();
    await settle();
    expect(store.getState()).toMatchObject({ phase: 'ready', total: 5, error: null });
  });

  it('takes in what was missed while it was cut off, and keeps what is looked at until that is read', async () => {
    const { store, state, kept } = await open(upTo(600));
    await shown(store);
    kept.add(601);
    kept.delete(300);
    await state().load();
    expect(state().imageAt(500)).toBeDefined();
    expect(await shown(store)).toEqual(newestFirst(kept));
  });

  it('forgets everything when another library is opened', async () => {
    const { store, state, kept } = await open(upTo(50));
    await shown(store);
    await state().select(3, 'only');
    kept.clear();
    kept.add(7);
    state().forget();
    await state().load();
    expect(state()).toMatchObject({ total: 1, active: null, selectedCount: 0 });
    expect(await shown(store)).toEqual([7]);
  });
});
