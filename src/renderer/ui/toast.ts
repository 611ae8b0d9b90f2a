import type { ErrorReport } from '../../shared/errors.ts';

/** A short message at the edge of the window. `error` also opens to the details; `action` is Undo, Show and the like. */
export type Toast =
  | {
      readonly kind: 'info';
      readonly message: string;
      readonly action?: ToastAction;
      /** Takes the place of the toast of the same name. */
      readonly id?: string;
    }
  | { readonly kind: 'error'; readonly error: ErrorReport; readonly action?: ToastAction };

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** Stores take this as an argument, so that they know nothing of the screen. */
export type Notify = (toast: Toast) => void;
