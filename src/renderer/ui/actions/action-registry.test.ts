import { describe, expect, it, vi } from 'vitest';
import { actionFor, availableActions, createActionRegistry, type Action } from './action-registry.ts';

const action = (name: string, change: Partial<Action> = {}): Action => ({
  name,
  label: name,
  section: 'everywhere',
  keys: ['KeyF'],
  run: vi.fn(),
  ...change,
});
const f = { key: 'f', code: 'KeyF', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

function registryWith(...layers: { actions: Action[]; modal?: boolean }[]) {
  const registry = createActionRegistry();
  for (const { actions, modal = false } of layers) registry.getState().put(Symbol('layer'), actions, modal);
  return registry.getState().layers;
}

describe('actions', () => {
  it('of the latest component answer a key first', () => {
    const layers = registryWith({ actions: [action('page')] }, { actions: [action('panel')] });
    expect(actionFor(layers, f, 'page', false)?.name).toBe('panel');
  });

  it('make way for another one when they make no sense now', () => {
    const layers = registryWith({ actions: [action('page')] }, { actions: [action('panel', { when: () => false })] });
    expect(actionFor(layers, f, 'page', false)?.name).toBe('page');
  });

  it('below the viewer are silent', () => {
    const layers = registryWith(
      { actions: [action('page')] },
      { actions: [action('viewer', { keys: [] })], modal: true },
    );
    expect(actionFor(layers, f, 'page', false)).toBeNull();
    expect(availableActions(layers).map(({ name }) => name)).toEqual(['viewer']);
  });

  it('are silent in text fields and dialogues', () => {
    const layers = registryWith({ actions: [action('letter'), action('always', { keys: ['Mod+KeyF'] })] });
    expect(actionFor(layers, f, 'text', false)).toBeNull();
    expect(actionFor(layers, { ...f, ctrlKey: true }, 'text', false)?.name).toBe('always');
    expect(actionFor(layers, { ...f, ctrlKey: true }, 'dialog', false)).toBeNull();
  });

  it('leave their keys to a slider and an open list, but for those with Ctrl, Alt or of their own', () => {
    const keys = ['Mod+KeyA', 'Alt+KeyF', 'Shift+KeyF', 'KeyF', 'F1'];
    const layers = registryWith({ actions: keys.map((key) => action(key, { keys: [key] })) });
    const inList = (press: Partial<typeof f>) => actionFor(layers, { ...f, ...press }, 'control', false)?.name;
    expect(inList({})).toBeUndefined();
    expect(inList({ shiftKey: true })).toBeUndefined();
    expect(inList({ altKey: true })).toBe('Alt+KeyF');
    expect(inList({ key: 'a', ctrlKey: true })).toBe('Mod+KeyA');
    expect(inList({ key: 'F1', code: 'F1' })).toBe('F1');
  });

  it('of the page do not hear the keys of a drawer beside it', () => {
    const page = action('page', { section: 'gallery' });
    expect(actionFor(registryWith({ actions: [page] }), f, 'drawer', false)).toBeNull();
    for (const section of ['everywhere', 'queue'] as const) {
      const layers = registryWith({ actions: [action('own', { section })] }, { actions: [page] });
      expect(actionFor(layers, f, 'drawer', false)?.name).toBe('own');
    }
    const withCtrl = registryWith({ actions: [{ ...page, keys: ['Mod+KeyF'] }] });
    expect(actionFor(withCtrl, { ...f, ctrlKey: true }, 'drawer', false)?.name).toBe('page');
  });

  it('are replaced, not doubled, when a component draws itself again', () => {
    const registry = createActionRegistry();
    const id = Symbol('layer');
    registry.getState().put(id, [action('before')], false);
    registry.getState().put(id, [action('after')], false);
    expect(availableActions(registry.getState().layers).map(({ name }) => name)).toEqual(['after']);
    registry.getState().remove(id);
    expect(registry.getState().layers).toEqual([]);
  });
});
