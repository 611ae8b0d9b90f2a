import { expect, it, vi } from 'vitest';
import { Settings } from '../../../shared/models/settings.ts';
import { createSettingsStore } from './settings-store.ts';

type Client = Parameters<typeof createSettingsStore>[0]['client'];
const settings = Settings.parse({});

function setUp(update: () => Promise<Settings>) {
  const notify = vi.fn();
  const client = { settings: { get: () => Promise.resolve(settings), update } } as unknown as Client;
  return { store: createSettingsStore({ client, notify }), notify };
}

it('shows a change at once', async () => {
  const { store } = setUp(() => new Promise(() => undefined));
  await store.getState().load();
  void store.getState().update({ theme: 'dark' });
  expect(store.getState().settings?.theme).toBe('dark');
});

it('takes a change back that could not be saved, and says so', async () => {
  const { store, notify } = setUp(() => Promise.reject(new Error('The disk is full.')));
  await store.getState().load();
  await store.getState().update({ theme: 'dark' });
  expect(store.getState().settings?.theme).toBe('system');
  expect(notify).toHaveBeenCalledOnce();
});

it('changes only what is given of a section, and gives a form its error', async () => {
  const { store, notify } = setUp(() => Promise.reject(new Error('That is no address.')));
  await store.getState().load();
  const saving = store.getState().save({ ollama: { seconds: 90 } });
  expect(store.getState().settings?.ollama).toEqual({ ...settings.ollama, seconds: 90 });
  expect(await saving).toMatchObject({ message: 'That is no address.' });
  expect(store.getState().settings?.ollama).toEqual(settings.ollama);
  expect(notify).not.toHaveBeenCalled();
});
