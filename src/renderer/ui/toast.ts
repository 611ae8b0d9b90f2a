import type { ErrorReport } from '../../shared/errors.ts';

/** A short message at the edge of the window. `error` also opens to the details; `action` is Undo, Cancel and the like. */
export type Toast =
  | {
      readonly kind: 'info';
      readonly message: string;
      readonly action?: ToastAction;
      /** Takes the place of the toast of the same name. */
      readonly id?: string;
      /** Gone by itself, by hand, or because another one took its place. */
      readonly onClose?: () => void;
    }
  | {
      /** Work that takes a while: stays until `share` is 1, and changes with each further one of the same name. */
      readonly kind: 'progress';
      readonly id: string;
      /** The same all the while: it is read out once. */
      readonly message: string;
      /** 0 to 1. */
      readonly share: number;
      /** "300 of 2,000". */
      readonly reached: string;
      readonly action: ToastAction;
    }
  | { readonly kind: 'error'; readonly error: ErrorReport; readonly action?: ToastAction };

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** Stores take this as an argument, so that they know nothing of the screen. */
export type Notify = (toast: Toast) => void;
