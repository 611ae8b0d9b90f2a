/**
 * A combination as it is written in an action: `Mod+Enter`, `Mod+Shift+Enter`, `KeyF`, `Digit1`, `ArrowLeft`, `Shift+KeyX`, `?`.
 * `Mod` is Ctrl, and ⌘ on a Mac. Names are those of `KeyboardEvent.code`; a punctuation mark stands for the character itself.
 */
export type KeyCombination = string;

/** The part of a KeyboardEvent that matters here. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Combinations that belong to the text field they are pressed in. */
const editing = new Set([
  'KeyA',
  'KeyC',
  'KeyV',
  'KeyX',
  'KeyY',
  'KeyZ',
  'ArrowLeft',
  'ArrowRight',
  'Backspace',
  'Delete',
]);

/**
 * The key's name whatever the layout: a Latin letter is the letter on the key (AZERTY's A is A), any other letter is the
 * place of the key (the Russian Ф is A). Digits go by place, because AZERTY types them with Shift.
 */
function nameOf(press: KeyPress): string {
  if (/^[a-z]$/i.test(press.key)) return `Key${press.key.toUpperCase()}`;
  if (press.code.startsWith('Numpad') && /^\d$/.test(press.key)) return `Digit${press.key}`;
  if (press.code === 'NumpadEnter') return 'Enter';
  return press.code;
}

export function matches(combination: KeyCombination, press: KeyPress, isMac: boolean): boolean {
  if (/^[^\w\s]$/.test(combination)) {
    return press.key === combination && !press.ctrlKey && !press.metaKey && !press.altKey;
  }
  const parts = combination.split('+');
  const name = parts.pop();
  const wantsMod = parts.includes('Mod');
  const wantsCtrl = parts.includes('Ctrl') || (wantsMod && !isMac);
  return (
    name === nameOf(press) &&
    press.ctrlKey === wantsCtrl &&
    press.metaKey === (wantsMod && isMac) &&
    press.altKey === parts.includes('Alt') &&
    press.shiftKey === parts.includes('Shift')
  );
}

/** Whether it may act while somebody types: with Ctrl or ⌘, and not one that edits text; and the function keys. */
export function worksInTextFields(combination: KeyCombination): boolean {
  const parts = combination.split('+');
  const name = parts.at(-1) ?? '';
  if (/^F\d+$/.test(name)) return true;
  return (parts.includes('Mod') || parts.includes('Ctrl')) && !editing.has(name);
}

/** Whether it may act while a slider, a menu or a list has the keyboard: with Ctrl, ⌘ or Alt, and the function keys. */
export function worksInControls(combination: KeyCombination): boolean {
  return /^F\d+$|(?:Mod|Ctrl|Alt)\+/.test(combination);
}

const symbols: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Comma: ',',
  Period: '.',
};
const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Enter: '↩' };

/** The keys to draw, in order: ['Ctrl', 'Enter']. */
export function keyLabels(combination: KeyCombination, isMac: boolean): string[] {
  if (combination === '+') return ['+'];
  return combination.split('+').map((part) => {
    if (isMac && part in macSymbols) return macSymbols[part] ?? part;
    if (part === 'Mod') return 'Ctrl';
    return symbols[part] ?? part.replace(/^(Key|Digit)/, '');
  });
}

/** As `aria-keyshortcuts` wants it: `Control+Enter`. */
export function ariaKeys(combination: KeyCombination, isMac: boolean): string {
  return combination
    .split('+')
    .map((part) => (part === 'Mod' ? (isMac ? 'Meta' : 'Control') : part.replace(/^(Key|Digit)/, '')))
    .join('+');
}
