import { editBetween, type TextEdit } from './text-edit.ts';

/**
 * Changes what stands in a text field as if it had been typed, so that the browser's own undo takes it back. The field gets the
 * focus; React hears of the change as of any other.
 */
export function replaceText(field: HTMLTextAreaElement, { start, end, inserted }: TextEdit): void {
  field.focus();
  if (start === end && inserted === '') return;
  field.setSelectionRange(start, end);
  // Deprecated, but nothing else keeps the undo of text fields; every browser has it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- as above
  const isDone = inserted === '' ? document.execCommand('delete') : document.execCommand('insertText', false, inserted);
  if (isDone) return;
  field.setRangeText(inserted, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
}

/** The same for the whole text; only the part that differs is changed. */
export function replaceAll(field: HTMLTextAreaElement, text: string): void {
  replaceText(field, editBetween(field.value, text));
}
