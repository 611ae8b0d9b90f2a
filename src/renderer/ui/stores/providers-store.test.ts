import { expect, it, vi } from 'vitest';
import { exampleProvider } from '../examples-for-tests.ts';
import { createProvidersStore } from './providers-store.ts';

type Client = Parameters<typeof createProvidersStore>[0]['client'];

function setUp(providers: Record<string, unknown>) {
  const notify = vi.fn();
  const store = createProvidersStore({ client: { providers } as unknown as Client, notify });
  store.getState().providerChanged(exampleProvider({ id: 'comfyui', state: 'unreachable' }));
  store.getState().providerChanged(exampleProvider({ id: 'builtin' }));
  return { store, notify };
}

it('replaces a provider in its place when it changes', () => {
  const { store } = setUp({});
  store.getState().providerChanged(exampleProvider({ id: 'comfyui', state: 'ready' }));
  expect(store.getState().providers.map(({ manifest, health }) => [manifest.id, health.state])).toEqual([
    ['comfyui', 'ready'],
    ['builtin', 'ready'],
  ]);
});

it('says which provider is being asked, until it has answered or failed', async () => {
  const { store, notify } = setUp({ check: () => Promise.reject(new Error('No.')) });
  const checked = store.getState().check('comfyui');
  expect([...store.getState().checking]).toEqual(['comfyui']);
  await checked;
  expect(store.getState().checking.size).toBe(0);
  expect(notify).toHaveBeenCalledOnce();
});

it('gives a refused address back to the form, without a toast', async () => {
  const { store, notify } = setUp({ setUp: () => Promise.reject(new Error('That is no address.')) });
  await expect(store.getState().setUp('comfyui', { enabled: true, url: 'x' })).resolves.toMatchObject({
    message: 'That is no address.',
  });
  expect(notify).not.toHaveBeenCalled();
});
