import { describe, expect, it, vi } from 'vitest';
import type { ImageDetails } from '../../shared/models/image.ts';
import type { Toast } from '../ui/toast.ts';
import { createViewerStore } from './viewer-store.ts';

const image = (id: string): ImageDetails => ({ id, path: `images/${id}.png` }) as ImageDetails;

function build() {
  const waiting = new Map<string, (answer: ImageDetails) => void>();
  const toasts: Toast[] = [];
  const client = {
    library: {
      image: ({ id }: { id: string }) =>
        id === 'gone'
          ? Promise.reject(new Error('There is no such image.'))
          : new Promise<ImageDetails>((resolve) => waiting.set(id, resolve)),
      path: ({ image: id }: { image: string }) => Promise.resolve({ path: `/library/images/${id}.png` }),
    },
    system: { revealImage: vi.fn(() => Promise.reject(new Error('No file manager.'))) },
  };
  const store = createViewerStore({ client, notify: (toast) => toasts.push(toast) });
  return { store, waiting, toasts };
}

describe('viewer store', () => {
  it('shows the details of the image that was asked for last, whatever answers last', async () => {
    const { store, waiting } = build();
    const first = store.getState().load('first');
    const second = store.getState().load('second');
    waiting.get('second')?.(image('second'));
    await second;
    waiting.get('first')?.(image('first'));
    await first;
    expect(store.getState()).toMatchObject({ details: { id: 'second' }, path: '/library/images/second.png' });
  });

  it('says why details are missing, and forgets that with the next image', async () => {
    const { store, waiting } = build();
    await store.getState().load('gone');
    expect(store.getState()).toMatchObject({ details: null, error: { message: 'There is no such image.' } });
    const next = store.getState().load('next');
    waiting.get('next')?.(image('next'));
    await next;
    expect(store.getState()).toMatchObject({ details: { id: 'next' }, error: null });
  });

  it('tells when the file manager cannot be opened', async () => {
    const { store, toasts } = build();
    await store.getState().reveal('first');
    expect(toasts).toMatchObject([{ kind: 'error', error: { message: 'No file manager.' } }]);
  });
});
