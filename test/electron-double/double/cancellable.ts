import type { EventEmitter } from 'node:events';

/** Electron's events carry `preventDefault`; answers whether a listener called it. */
export function emitCancellable(emitter: EventEmitter, name: string, fields: object = {}, ...more: unknown[]): boolean {
  let defaultPrevented = false;
  const event = {
    ...fields,
    preventDefault: () => {
      defaultPrevented = true;
    },
    get defaultPrevented() {
      return defaultPrevented;
    },
  };
  emitter.emit(name, event, ...more);
  return defaultPrevented;
}
