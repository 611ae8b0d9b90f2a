import { useEffect, useRef, type RefObject } from 'react';
import { flushSync } from 'react-dom';

interface KeptFocus {
  readonly list: RefObject<HTMLElement | null>;
  /** Does something that takes the focus away, and a row out of the list. */
  readonly keepFocus: (act: () => void) => void;
}

/** Keeps the keyboard at the buttons `data-fix` of a list while its rows go: at the next one, and else at the last. */
export function useKeptFocus(rows: readonly unknown[]): KeptFocus {
  const list = useRef<HTMLElement>(null);
  const place = useRef<number | null>(null);

  useEffect(() => {
    // Whoever went elsewhere meanwhile is not called back.
    if (place.current === null || document.activeElement !== document.body) return;
    const buttons = list.current?.querySelectorAll<HTMLElement>('[data-fix]') ?? [];
    buttons[Math.min(place.current, buttons.length - 1)]?.focus();
  }, [rows]);

  return {
    list,
    keepFocus: (act) => {
      const { activeElement } = document;
      const buttons = [...(list.current?.querySelectorAll('[data-fix]') ?? [])];
      place.current = activeElement === null ? null : Math.max(0, buttons.indexOf(activeElement));
      // What was typed is settled when its field is left: it has to be drawn before.
      flushSync(act);
      // With nothing left to fix, the prompt is the next place to be.
      if (buttons.length > 1 && activeElement instanceof HTMLElement) activeElement.focus();
    },
  };
}
