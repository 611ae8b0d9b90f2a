import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { isMac } from '../is-mac.ts';
import { hasTyped, settleTyped } from '../settle-typed.ts';
import { actionFor, actionRegistry, type Action, type KeyPlace } from './action-registry.ts';

/**
 * Offers actions while the component is mounted. `modal` silences every action offered below: for the viewer and dialogues.
 * Call it with a fresh array on each render; only the latest one counts.
 */
export function useActions(actions: readonly Action[], options: { readonly modal?: boolean } = {}): void {
  const id = useRef(Symbol('actions'));
  const modal = options.modal ?? false;

  useEffect(() => {
    const own = id.current;
    actionRegistry.getState().put(own, actions, modal);
  });

  useEffect(() => {
    const own = id.current;
    return () => actionRegistry.getState().remove(own);
  }, []);
}

const textFields =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="file"])';

const sliders = '[role="slider"], input[type="range"]';
const openLists = '[aria-haspopup="menu"][aria-expanded="true"], [aria-haspopup="listbox"][aria-expanded="true"]';

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(textFields) !== null) return 'text';
  if (target.closest('[aria-modal="true"]:not([data-offers-actions])') !== null) return 'dialog';
  // The keyboard may be in the list or on the button that opened it.
  if (target.closest(sliders) !== null || document.querySelector(openLists) !== null) return 'control';
  return target.closest('[data-drawer]') === null ? 'page' : 'drawer';
}

/** Runs actions by their keys. Mounted once, by app.tsx. */
export function useShortcuts(): void {
  useEffect(() => {
    // Noted before anybody hears of the key: by Escape, the list it closes is closed when it comes to the actions.
    let place: KeyPlace = 'page';
    const notePlace = (event: KeyboardEvent): void => {
      place = placeOf(event.target);
    };
    const run = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const find = (): Action | null => actionFor(actionRegistry.getState().layers, event, place, isMac);
      const action = find();
      if (action === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (hasTyped()) {
        // What is offered depends on it, and may be something else now.
        flushSync(settleTyped);
        find()?.run();
      } else action.run();
    };
    // Ctrl and ⌘ are ours before any control's: Ctrl+Enter on a list button means Generate, not "open the list".
    const early = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey) run(event);
    };
    window.addEventListener('keydown', notePlace, { capture: true });
    document.addEventListener('keydown', early, { capture: true });
    document.addEventListener('keydown', run);
    return () => {
      window.removeEventListener('keydown', notePlace, { capture: true });
      document.removeEventListener('keydown', early, { capture: true });
      document.removeEventListener('keydown', run);
    };
  }, []);
}
