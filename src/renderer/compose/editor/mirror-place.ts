/** Where a part of the text is on the screen, found in the copy behind the field; null where the copy is not that long. */
export function placeOf(mirror: HTMLElement, start: number, end: number): DOMRect | null {
  const range = document.createRange();
  let [before, hasStart] = [0, false];
  const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!hasStart && start <= before + length) {
      range.setStart(node, start - before);
      hasStart = true;
    }
    if (hasStart && end <= before + length) {
      range.setEnd(node, end - before);
      return range.getBoundingClientRect();
    }
    before += length;
  }
  return null;
}

/** Room that is left above what is brought into sight. */
const roomAbove = 40;

/** Selects a part of the text, and scrolls it into sight if it isn't. */
export function showRange(
  field: HTMLTextAreaElement,
  mirror: HTMLElement | null,
  { start, end }: { readonly start: number; readonly end: number },
): void {
  field.focus();
  field.setSelectionRange(start, end);
  const place = mirror === null ? null : placeOf(mirror, start, end);
  if (place === null) return;
  const frame = field.getBoundingClientRect();
  if (place.top >= frame.top && place.bottom <= frame.bottom) return;
  field.scrollTop += place.top - frame.top - roomAbove;
}
