import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { AppEvent } from '../../shared/models/events.ts';
import { createEvents } from '../events.ts';
import { createSettings } from './settings.ts';

function settingsOver(stored: unknown, write: (settings: Readonly<Record<string, unknown>>) => void = () => undefined) {
  const events = createEvents();
  const told: AppEvent[] = [];
  events.listen((event) => told.push(event));
  return {
    settings: createSettings({ store: { read: () => stored, write }, events, environment: {}, providers: [] }),
    told,
  };
}

describe('the settings', () => {
  it('begin with their defaults', () => {
    const { settings } = settingsOver({});
    expect(settings.get()).toMatchObject({
      theme: 'system',
      libraryFolder: null,
      providers: {},
      routing: { caps: { day: null } },
    });
    expect(settings.notices).toEqual([]);
  });

  it.each([
    [{ theme: 'pink', libraryFolder: '/pictures' }, { theme: 'system', libraryFolder: '/pictures' }, ['theme']],
    [
      { theme: 'dark', libraryFolder: 5, providers: 'x' },
      { theme: 'dark', libraryFolder: null },
      ['libraryFolder', 'providers'],
    ],
  ])('keep what is valid of %j and name the rest', (stored, kept, lost) => {
    const { settings } = settingsOver(stored);
    expect(settings.get()).toMatchObject(kept);
    expect(settings.notices).toEqual([expect.stringContaining(`${lost.join(', ')}.`)]);
  });

  it('keep the caps where another value of routing is not valid, and name just that', () => {
    const routing = {
      strategy: 'from_the_future',
      caps: { day: 5, month: 'much' },
      fallbacks: ['fal', 7, 'bfl', null],
      prices: { 'bfl/flux-2-pro': { usd: 1 }, 'fal/x': { usd: 0.02, per: 'image' } },
    };
    const { settings } = settingsOver({ routing });
    expect(settings.get().routing).toMatchObject({
      strategy: 'primary_first',
      caps: { day: 5, month: 0 },
      fallbacks: ['fal', 'bfl'],
      prices: { 'fal/x': { usd: 0.02, per: 'image' } },
    });
    expect(settings.notices).toHaveLength(2);
    for (const lost of ['routing.strategy', 'routing.fallbacks.1', 'routing.prices.bfl/flux-2-pro'])
      expect(settings.notices[0]).toContain(lost);
    expect(settings.notices[1]).toMatch(/^A cap on spending could not be read.*: routing\.caps\.month\.$/);
  });

  it('let nothing be spent where no cap can be read at all', () => {
    const { settings } = settingsOver({ routing: { caps: 'two dollars' } });
    expect(settings.get().routing.caps).toEqual({ image: null, job: null, day: 0, month: 0 });
    expect(settings.notices).toEqual([expect.stringContaining('routing.caps.')]);
  });

  it.each([[[1]], [null], ['x']])('are the usual ones where %j is stored', (stored) => {
    const { settings } = settingsOver(stored);
    expect(settings.get()).toEqual(settingsOver({}).settings.get());
    expect(settings.notices).toEqual([]);
  });

  it('change in a section only what is given, and keep an address as it is used', () => {
    let file: unknown = { theme: 'dark', ollama: { model: 'gemma3:4b', seconds: 90 } };
    const store = { read: () => file, write: (next: object) => void (file = structuredClone(next)) };
    const settings = createSettings({ store, events: createEvents(), environment: {}, providers: [] });
    settings.change({ ollama: { address: 'studio', use: false } });
    expect(settings.change({ theme: undefined, ollama: { seconds: undefined } })).toMatchObject({
      theme: 'dark',
      ollama: { model: 'gemma3:4b', seconds: 90, address: 'http://studio:11434', use: false },
    });
    expect(() => settings.change({ ollama: { address: 'no address' } })).toThrow(/Write it like/);
    expect(settings.change({ ollama: { address: null } }).ollama.address).toBeNull();
  });

  it('tell everybody of a change once it is stored', () => {
    let file = {};
    const { settings, told } = settingsOver({ fromTheFuture: 1 }, (next) => {
      file = next;
    });
    settings.update({
      theme: 'dark',
      providers: { comfyui: { enabled: true, url: 'http://me:secret@127.0.0.1:8188' } },
    });
    expect(file).toMatchObject({ theme: 'dark', fromTheFuture: 1 });
    // An address may carry a password, so none is told.
    expect(told).toMatchObject([{ kind: 'settingsChanged', settings: { theme: 'dark', libraryFolder: null } }]);
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  it('take over what another Easel has stored, tell it once, and leave half a file alone', () => {
    const file: { stored: unknown } = { stored: {} };
    const events = createEvents();
    const told: AppEvent[] = [];
    events.listen((event) => told.push(event));
    const store = { read: () => file.stored, write: () => undefined };
    const settings = createSettings({ store, events, environment: {}, providers: [] });
    file.stored = { routing: { caps: { day: 2 } } };
    settings.readAgain();
    settings.readAgain();
    expect(settings.routingInForce().inForce.caps.day).toBe(2);
    expect(told).toHaveLength(1);
    file.stored = { routing: 'half' };
    settings.readAgain();
    expect(settings.routingInForce().inForce.caps.day).toBe(2);
  });

  it('stay as they are where they can not be stored', () => {
    const { settings, told } = settingsOver({}, () => {
      throw new Error('EROFS');
    });
    expect(() => settings.update({ theme: 'dark' })).toThrow(AppError);
    expect([settings.get().theme, told]).toEqual(['system', []]);
  });
});
