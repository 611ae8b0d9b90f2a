/** What was put in the place of a part of a text. Places are UTF-16 units, as text fields count. */
export interface TextEdit {
  readonly start: number;
  /** Behind the last character that went away. */
  readonly end: number;
  readonly inserted: string;
}

const isLowSurrogate = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text[at] ?? '');

/** The smallest edit that makes one text of the other; it never cuts through a character. */
export function editBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (isLowSurrogate(before, start) || isLowSurrogate(after, start)) start -= 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (isLowSurrogate(before, before.length - tail) || isLowSurrogate(after, after.length - tail)) tail -= 1;
  return { start, end: before.length - tail, inserted: after.slice(start, after.length - tail) };
}

/** Where a part of the text lies after an edit; null where the edit touched it. */
export function moveRange<Part extends { readonly start: number; readonly end: number }>(
  part: Part,
  edit: TextEdit,
): Part | null {
  if (part.end <= edit.start) return part;
  if (part.start < edit.end) return null;
  const by = edit.inserted.length - (edit.end - edit.start);
  return { ...part, start: part.start + by, end: part.end + by };
}
