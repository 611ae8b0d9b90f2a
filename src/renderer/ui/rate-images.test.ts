import { describe, expect, it, vi } from 'vitest';
import { createRateImages } from './rate-images.ts';
import type { Toast } from './toast.ts';

interface Call {
  readonly ids: string[];
  readonly rating: number | null;
  readonly asOf?: number | undefined;
}

/** A library as several windows see it: what was said later stays. Refuses whatever has the id `gone`. */
function library(ratings: Record<string, number | null> = {}) {
  const kept = new Map(Object.entries(ratings));
  const saidAt = new Map<string, number>();
  let last = 0;
  const rate = vi.fn(async ({ ids, rating, asOf }: Call) => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (ids.includes('gone')) throw new Error('There is no such image.');
    const moment = asOf ?? (last += 1);
    const some = ids.filter((id) => (saidAt.get(id) ?? 0) <= moment);
    const before = some.map((id) => ({ id, rating: kept.get(id) ?? null }));
    for (const id of some) {
      kept.set(id, rating);
      saidAt.set(id, moment);
    }
    return { rating, before, moment };
  });
  return { rate, ratingOf: (id: string) => kept.get(id) ?? null, now: () => Object.fromEntries(kept) };
}

/** A window with the toasts that are on its screen, as showToast keeps them. */
function openWindow({ rate }: Pick<ReturnType<typeof library>, 'rate'>) {
  const toasts: Toast[] = [];
  const progress: number[] = [];
  const notify = (toast: Toast): void => {
    if (toast.kind === 'progress') progress.push(toast.share);
    const place = 'id' in toast ? toasts.findIndex((shown) => 'id' in shown && shown.id === toast.id) : -1;
    if (place !== -1) close(place);
    if (toast.kind !== 'progress' || toast.share < 1) toasts.push(toast);
  };
  const close = (place: number): void => {
    const [toast] = toasts.splice(place, 1);
    if (toast?.kind === 'info') toast.onClose?.();
  };
  const press = (label: string): void => {
    const place = toasts.findIndex(({ action }) => action?.label === label);
    const toast = toasts[place];
    if (!toast?.action) throw new Error(`nothing offers "${label}"`);
    if (toast.kind !== 'progress') close(place);
    toast.action.run();
  };
  const offers = (): (string | undefined)[] => toasts.map(({ action }) => action?.label);
  const complain = (error: unknown): void =>
    notify({ kind: 'error', error: { code: 'internal', message: (error as Error).message } });
  return { rateImages: createRateImages({ rate, notify, complain }), toasts, progress, press, close, offers };
}

const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `image-${at}`);

describe('rating images', () => {
  it('tells it in a toast that takes it back, each image as it was', async () => {
    const before = { a: null, b: 2, c: 2, d: 5, e: 4 };
    const { now, rate } = library(before);
    const { rateImages, toasts, press } = openWindow({ rate });
    await rateImages(['a', 'b', 'c', 'd', 'e'], 4);
    expect(now()).toEqual({ a: 4, b: 4, c: 4, d: 4, e: 4 });
    // One of them was rated so before.
    expect(toasts).toMatchObject([{ kind: 'info', id: 'rating', message: '4 images rated 4 of 5' }]);
    press('Undo');
    await vi.waitFor(() => expect(now()).toEqual(before));
  });

  it('takes ratings away with 0, and brings them back', async () => {
    const { now, rate } = library({ a: 3 });
    const { rateImages, toasts, press } = openWindow({ rate });
    await rateImages(['a'], 0);
    expect(rate).toHaveBeenCalledWith({ ids: ['a'], rating: null });
    expect(toasts).toMatchObject([{ message: 'The rating was removed' }]);
    press('Undo');
    await vi.waitFor(() => expect(now()).toEqual({ a: 3 }));
  });

  it('says nothing where nothing has changed', async () => {
    const { rateImages, toasts } = openWindow(library({ a: 3 }));
    await rateImages(['a'], 3);
    await rateImages([], 3);
    expect(toasts).toEqual([]);
  });

  it('takes back all that was rated while there was an Undo on the screen', async () => {
    const { now, rate } = library({ a: 1, b: null });
    const { rateImages, press, offers } = openWindow({ rate });
    await rateImages(['a'], 2);
    await rateImages(['a'], 3);
    expect(offers()).toEqual(['Undo']);
    await rateImages(['b'], 4);
    expect(offers()).toEqual(['Undo 2 ratings']);
    press('Undo 2 ratings');
    await vi.waitFor(() => expect(now()).toEqual({ a: 1, b: null }));
  });

  it('begins anew where the Undo has gone, and always takes back something', async () => {
    const { now, rate } = library({ a: 1, b: null });
    const { rateImages, press, close } = openWindow({ rate });
    await rateImages(['a'], 2);
    close(0);
    await rateImages(['b'], 4);
    // Back to what it was: then the last step is what can be taken back.
    await rateImages(['b'], 0);
    press('Undo');
    await vi.waitFor(() => expect(now()).toEqual({ a: 2, b: 4 }));
  });

  it('leaves out, among several, what is again as it was', async () => {
    const { now, rate } = library({ a: 1, b: null });
    const { rateImages, press } = openWindow({ rate });
    await rateImages(['a'], 2);
    await rateImages(['b'], 4);
    await rateImages(['b'], 0);
    press('Undo');
    await vi.waitFor(() => expect(now()).toEqual({ a: 1, b: null }));
  });

  it('takes back only what no other window rated anew since', async () => {
    const shared = library({ a: null, b: null });
    const [one, other] = [openWindow(shared), openWindow(shared)];
    await one.rateImages(['a', 'b'], 5);
    await other.rateImages(['a'], 2);
    one.press('Undo');
    await vi.waitFor(() => expect(shared.now()).toEqual({ a: 2, b: null }));
    expect(shared.ratingOf('a')).toBe(2);
  });
});

describe('rating many images', () => {
  it('shows how far it is, where there are more than 500', async () => {
    const few = openWindow(library());
    await few.rateImages(many(500), 5);
    expect(few.progress).toEqual([]);
    const shared = library();
    const { rateImages, progress, toasts } = openWindow(shared);
    await rateImages(many(1_050), 5);
    expect(shared.rate.mock.calls.map(([{ ids }]) => ids.length)).toEqual([...Array<number>(10).fill(100), 50]);
    expect(progress[1]).toBeCloseTo(100 / 1_050);
    expect(progress.at(-1)).toBe(1);
    expect(toasts).toMatchObject([{ kind: 'info', message: '1,050 images rated 5 of 5', action: { label: 'Undo' } }]);
  });

  it('stops when it is cancelled, with an Undo for what was done', async () => {
    const shared = library({ 'image-1': 2 });
    const { rateImages, toasts, press } = openWindow(shared);
    const rated = rateImages(many(1_000), 5);
    await vi.waitFor(() => expect(shared.ratingOf('image-250')).toBe(5), { interval: 1 });
    expect(toasts).toMatchObject([{ kind: 'progress', message: 'Rating 1,000 images' }]);
    press('Cancel');
    await rated;
    const done = many(1_000).filter((id) => shared.ratingOf(id) === 5).length;
    expect(done).toBeLessThan(1_000);
    expect(toasts).toMatchObject([{ message: `Stopped: ${done} of 1,000 images rated 5 of 5` }]);
    press('Undo');
    await vi.waitFor(() => expect(many(1_000).filter((id) => shared.ratingOf(id) === 5)).toEqual([]));
    expect(shared.ratingOf('image-1')).toBe(2);
  });

  it('says how many were rated before a part failed, with an Undo for these', async () => {
    const shared = library();
    const { rateImages, toasts, press } = openWindow(shared);
    await rateImages([...many(600), 'gone'], 5);
    expect(toasts).toMatchObject([
      { kind: 'error', error: { message: 'There is no such image.' } },
      { kind: 'info', message: 'Stopped: 600 of 601 images rated 5 of 5' },
    ]);
    press('Undo');
    await vi.waitFor(() => expect(many(600).filter((id) => shared.ratingOf(id) !== null)).toEqual([]));
  });

  it('leaves what was rated meanwhile, here or in another window', async () => {
    const shared = library();
    const [one, other] = [openWindow(shared), openWindow(shared)];
    const all = one.rateImages(many(1_000), 5);
    await vi.waitFor(() => expect(shared.ratingOf('image-0')).toBe(5), { interval: 1 });
    await Promise.all([one.rateImages(['image-998'], 2), other.rateImages(['image-999'], 1)]);
    await all;
    expect(['image-0', 'image-997', 'image-998', 'image-999'].map(shared.ratingOf)).toEqual([5, 5, 2, 1]);
    one.press('Undo 999 ratings');
    await vi.waitFor(() => expect(shared.ratingOf('image-998')).toBeNull());
    await vi.waitFor(() => expect(shared.ratingOf('image-0')).toBeNull());
    expect(shared.ratingOf('image-999')).toBe(1);
  });

  it('stops taking back too, and offers the rest', async () => {
    const shared = library();
    const { rateImages, press, offers } = openWindow(shared);
    await rateImages(many(1_000), 5);
    press('Undo');
    await vi.waitFor(() => expect(shared.ratingOf('image-0')).toBeNull(), { interval: 1 });
    press('Cancel');
    await vi.waitFor(() => expect(offers()).toEqual(['Undo the rest']));
    press('Undo the rest');
    await vi.waitFor(() => expect(many(1_000).filter((id) => shared.ratingOf(id) !== null)).toEqual([]));
  });
});
