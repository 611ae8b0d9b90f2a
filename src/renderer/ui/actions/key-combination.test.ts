import { describe, expect, it } from 'vitest';
import { ariaKeys, keyLabels, matches, worksInTextFields, type KeyPress } from './key-combination.ts';

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('a key combination', () => {
  it('wants exactly its modifiers', () => {
    expect(matches('Mod+Enter', press('Enter', 'Enter', { ctrlKey: true }), false)).toBe(true);
    expect(matches('Mod+Enter', press('Enter', 'Enter', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matches('Mod+Enter', press('Enter', 'Enter'), false)).toBe(false);
    expect(matches('KeyF', press('f', 'KeyF', { altKey: true }), false)).toBe(false);
  });

  it('means ⌘ on a Mac', () => {
    expect(matches('Mod+KeyK', press('k', 'KeyK', { metaKey: true }), true)).toBe(true);
    expect(matches('Mod+KeyK', press('k', 'KeyK', { ctrlKey: true }), true)).toBe(false);
  });

  it('is the letter on the key where letters are Latin', () => {
    expect(matches('KeyA', press('a', 'KeyQ'), false)).toBe(true);
    expect(matches('KeyQ', press('a', 'KeyQ'), false)).toBe(false);
  });

  it('is the place of the key where letters are not Latin', () => {
    expect(matches('KeyA', press('ф', 'KeyA'), false)).toBe(true);
  });

  it('takes digits by place, for layouts that type them with Shift, and from the number pad', () => {
    expect(matches('Digit1', press('&', 'Digit1'), false)).toBe(true);
    expect(matches('Digit1', press('1', 'Numpad1'), false)).toBe(true);
  });

  it('takes a mark wherever it is on the keyboard', () => {
    expect(matches('?', press('?', 'Minus', { shiftKey: true }), false)).toBe(true);
    expect(matches('/', press('/', 'Digit7', { shiftKey: true }), false)).toBe(true);
  });

  it('is silent in text fields, unless held with Ctrl or ⌘ and no editing key', () => {
    expect(worksInTextFields('Mod+Enter')).toBe(true);
    expect(worksInTextFields('F11')).toBe(true);
    for (const silent of ['KeyF', '?', 'Shift+KeyX', 'Delete', 'Mod+KeyA', 'Mod+KeyZ']) {
      expect(worksInTextFields(silent)).toBe(false);
    }
  });

  it('is drawn as people of the system know it', () => {
    expect(keyLabels('Mod+Shift+Enter', false)).toEqual(['Ctrl', 'Shift', 'Enter']);
    expect(keyLabels('Mod+Shift+Enter', true)).toEqual(['⌘', '⇧', '↩']);
    expect(keyLabels('Digit1', false)).toEqual(['1']);
    expect(ariaKeys('Mod+KeyK', false)).toBe('Control+K');
  });
});
