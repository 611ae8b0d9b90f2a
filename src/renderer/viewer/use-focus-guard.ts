import { useEffect, type RefObject } from 'react';

/**
 * Keeps the keyboard out of what lies below a dialogue. Its neighbours in the page are out of reach; toasts and
 * dialogues above it, which live elsewhere, are not.
 */
export function useFocusGuard(dialog: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      const own = dialog.current;
      if (own === null || !(target instanceof Node) || own.contains(target)) return;
      if (own.parentElement?.contains(target) === true) own.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [dialog]);
}
