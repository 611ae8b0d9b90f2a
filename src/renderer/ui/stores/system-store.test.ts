import { expect, it } from 'vitest';
import type { SystemInfo } from '../../../shared/contract/system.ts';
import { createSystemStore } from './system-store.ts';

type Client = Parameters<typeof createSystemStore>[0]['client'];

const info = (state: SystemInfo['library']['state'], message: string | null = null): SystemInfo => ({
  version: '1.0.0',
  abilities: { revealFile: false, chooseFolder: false },
  library: { state, folder: '/pictures', problem: message === null ? null : { code: 'libraryMissing', message } },
  notices: [],
});
const storeWith = (openLibrary: () => Promise<SystemInfo>) =>
  createSystemStore({
    client: { system: { openLibrary } } as unknown as Client,
    tryNow: () => undefined,
    now: () => 1_000,
  });

it('gives the reason back to the page when a library can’t be opened', async () => {
  const refused = storeWith(() => Promise.reject(new Error('Not a folder.')));
  await expect(refused.getState().openLibrary('/x')).resolves.toMatchObject({ message: 'Not a folder.' });
  const failed = storeWith(() => Promise.resolve(info('failed', 'The drive is away.')));
  await expect(failed.getState().openLibrary('/x')).resolves.toMatchObject({ message: 'The drive is away.' });
  expect(failed.getState().info?.library.state).toBe('failed');
});

it('shows an opened library only once its images were read', async () => {
  const store = storeWith(() => Promise.resolve(info('open')));
  await expect(store.getState().openLibrary('/pictures')).resolves.toBeNull();
  expect(store.getState().info).toBeNull();
  store.getState().show(info('open'));
  expect(store.getState().info?.library.state).toBe('open');
});

it('knows when the program was last asked in vain, until it answers', () => {
  const store = storeWith(() => Promise.resolve(info('open')));
  expect(store.getState().failedAt).toBeNull();
  store.getState().setConnection('lost');
  expect(store.getState().failedAt).toBe(1_000);
  store.getState().setConnection('connected');
  expect(store.getState().failedAt).toBeNull();
});
