import { describe, expect, it, vi } from 'vitest';
import type { Toast } from './toast.ts';
import { rateImages } from './rate-images.ts';

/** A library that knows how its images are rated, and refuses whatever has the id `gone`. */
function build(ratings: Record<string, number | null>) {
  const kept = new Map(Object.entries(ratings));
  const toasts: Toast[] = [];
  const rate = vi.fn(({ ids, rating }: { ids: string[]; rating: number | null }) => {
    if (ids.includes('gone')) return Promise.reject(new Error('There is no such image.'));
    const before = ids.map((id) => ({ id, rating: kept.get(id) ?? null }));
    for (const id of ids) kept.set(id, rating);
    return Promise.resolve({ rating, before });
  });
  const complain = (error: unknown): void =>
    void toasts.push({ kind: 'error', error: { code: 'internal', message: (error as Error).message } });
  const parts = { rate, complain, notify: (toast: Toast) => void toasts.push(toast) };
  const undo = async (): Promise<void> => {
    const [toast] = toasts;
    toast?.action?.run();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { parts, rate, toasts, undo, now: () => Object.fromEntries(kept) };
}

describe('rating images', () => {
  it('tells it in a toast that takes it back, each image as it was', async () => {
    const before = { a: null, b: 2, c: 2, d: 5, e: 4 };
    const { parts, toasts, undo, now } = build(before);
    await rateImages(parts, ['a', 'b', 'c', 'd', 'e'], 4);
    expect(now()).toEqual({ a: 4, b: 4, c: 4, d: 4, e: 4 });
    // One of them was rated so before.
    expect(toasts).toMatchObject([{ kind: 'info', id: 'rating', message: '4 images rated 4 of 5' }]);
    await undo();
    expect(now()).toEqual(before);
  });

  it('takes ratings away with 0, and brings them back', async () => {
    const { parts, rate, toasts, undo, now } = build({ a: 3 });
    await rateImages(parts, ['a'], 0);
    expect(rate).toHaveBeenCalledWith({ ids: ['a'], rating: null });
    expect(toasts).toMatchObject([{ message: 'The rating was removed' }]);
    await undo();
    expect(now()).toEqual({ a: 3 });
  });

  it('says nothing where nothing has changed', async () => {
    const { parts, toasts } = build({ a: 3 });
    await rateImages(parts, ['a'], 3);
    await rateImages(parts, [], 3);
    expect(toasts).toEqual([]);
  });

  it('asks in parts, and takes back what was done before one failed', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => `image-${at}`);
    const whole = build({});
    await rateImages(whole.parts, many, 5);
    expect(whole.rate.mock.calls.map(([{ ids }]) => ids.length)).toEqual([500, 500, 200]);

    const { parts, toasts } = build({});
    await rateImages(parts, [...many, 'gone'], 5);
    expect(toasts).toMatchObject([
      { kind: 'error', error: { message: 'There is no such image.' } },
      { kind: 'info', message: '1000 images rated 5 of 5' },
    ]);
  });
});
