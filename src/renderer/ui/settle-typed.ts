/** Of the field in which a number is being typed. */
let settle: (() => void) | null = null;

/** What takes over the number that is being typed, as leaving its field does. Null: nothing is being typed any more. */
export function isTyping(own: (() => void) | null): void {
  settle = own;
}

/** A shortcut acts on what the user sees, a number that is still being typed included. */
export function settleTyped(): void {
  settle?.();
}

export const hasTyped = (): boolean => settle !== null;
