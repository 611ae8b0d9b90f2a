import { bracketFactor, parseWeights, scheduledParts, tagLengthAt, type WeightGroup } from './parse-weights.ts';
import { roundWeight } from './translate-weights.ts';

/** A text with what is selected in it, in UTF-16 units, as a text field has them. */
export interface SelectedText {
  readonly text: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Raises or lowers the weight of what is selected, or of the brackets, the LoRA tag or the word at the caret: `x` becomes
 * `(x:1.05)`, and `x` again at 1. The words stay selected, so that it can be done again. What can't be weighted, such as half of
 * a pair of brackets, stays as it is.
 */
export function changeWeight(text: string, selectionStart: number, selectionEnd: number, step: number): SelectedText {
  const unchanged = { text, selectionStart, selectionEnd };
  const start = Math.min(Math.max(Math.min(selectionStart, selectionEnd), 0), text.length);
  const end = Math.min(Math.max(selectionStart, selectionEnd, 0), text.length);
  const selected = trimmed(text, { start, end });
  const tag = tagsOf(text).find((each) => selected.start < each.end && selected.end > each.start);
  const isCaret = selected.start === selected.end;
  const tagAtCaret = isCaret ? tagsOf(text).find((each) => each.start <= start && start <= each.end) : undefined;
  if (tagAtCaret) return changeTag(text, tagAtCaret, step);
  if (tag && selected.start >= tag.start && selected.end <= tag.end) return changeTag(text, tag, step);

  const groups = allGroups(parseWeights(text)).filter((group) => canChange(text, group));
  const group = isCaret ? innermostAt(groups, start) : groups.find((each) => isSelected(each, selected));
  if (group) return changeGroup(text, group, step);
  const words = isCaret ? wordAt(text, start) : selected;
  if (words.start === words.end || !isWhole(text, words)) return unchanged;
  return weighted(text, words, words, 1 + step);
}

/** Not what is no weight, is empty, or would pair its brackets differently without those around it. */
function canChange(text: string, group: WeightGroup): boolean {
  const words = { start: group.open + 1, end: group.contentEnd };
  return (
    scheduledParts(text, group) === null && /[^\s,]/.test(text.slice(words.start, words.end)) && isWhole(text, words)
  );
}

function changeGroup(text: string, group: WeightGroup, step: number): SelectedText {
  const weight = group.written ?? (group.kind === 'round' ? bracketFactor : 0.9);
  const words = { start: group.open + 1, end: group.contentEnd };
  return weighted(text, { start: group.open, end: group.close + 1 }, words, weight + step);
}

/** Puts the words with their weight where `place` was. */
function weighted(text: string, place: Range, { start, end }: Range, weight: number): SelectedText {
  const words = text.slice(start, end);
  const rounded = Math.max(roundWeight(weight), 0);
  const put = (written: string, from: number): SelectedText => ({
    text: text.slice(0, place.start) + written + text.slice(place.end),
    selectionStart: from,
    selectionEnd: from + words.length,
  });
  const plain = put(words, place.start);
  if (rounded === 1 && !isGroupSelected(plain)) return plain;
  return put(`(${words}:${rounded})`, place.start + 1);
}

/** Whether the next step would go to brackets that were there before: those of `[fox]` in `([fox]:1)`. */
function isGroupSelected({ text, selectionStart, selectionEnd }: SelectedText): boolean {
  const selected = trimmed(text, { start: selectionStart, end: selectionEnd });
  return allGroups(parseWeights(text)).some((group) => isSelected(group, selected) && canChange(text, group));
}

/** All numbers of the tag: some have one for the text encoder and one for the picture. Without any it is 1. */
function changeTag(text: string, { start, end }: Range, step: number): SelectedText {
  const [kind = '', name = '', ...numbers] = text.slice(start + 1, end - 1).split(':');
  const changed = (numbers.length === 0 ? ['1'] : numbers).map((number) => {
    const weight = number.trim() === '' ? 1 : Number(number);
    return Number.isFinite(weight) ? String(roundWeight(weight + step)) : number;
  });
  const written = `<${[kind, name, ...changed].join(':')}>`;
  return {
    text: text.slice(0, start) + written + text.slice(end),
    selectionStart: start,
    selectionEnd: start + written.length,
  };
}

function tagsOf(text: string): Range[] {
  return [...text.matchAll(/<(?:lora|lyco|hypernet):[^<>]*>/gi)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

function allGroups(groups: readonly WeightGroup[]): WeightGroup[] {
  return groups.flatMap((group) => [group, ...allGroups(group.children)]);
}

function innermostAt(groups: readonly WeightGroup[], at: number): WeightGroup | undefined {
  return groups.findLast(({ open, close }) => open < at && at <= close);
}

/** Its words alone, or with the brackets. */
function isSelected(group: WeightGroup, { start, end }: Range): boolean {
  const isAround = start === group.open && end === group.close + 1;
  return isAround || (start === group.open + 1 && (end === group.contentEnd || end === group.close));
}

function trimmed(text: string, { start, end }: Range): Range {
  let first = start;
  let last = end;
  while (first < last && /[\s,]/.test(text[first] ?? '')) first += 1;
  while (last > first && /[\s,]/.test(text[last - 1] ?? '')) last -= 1;
  return { start: first, end: last };
}

function wordAt(text: string, at: number): Range {
  const isIn = (place: number): boolean => {
    const letter = text[place];
    if (letter === undefined || /[\s,.;:!?|{}<>"“”]/.test(letter)) return false;
    return !/[()[\]]/.test(letter) || text[place - 1] === '\\';
  };
  let start = at;
  let end = at;
  while (start > 0 && isIn(start - 1)) start -= 1;
  while (isIn(end)) end += 1;
  return { start, end };
}

/** No bracket without its partner, no half of a tag, no half of a character. */
function isWhole(text: string, { start, end }: Range): boolean {
  const cut = (at: number): boolean =>
    tagsOf(text).some((tag) => tag.start < at && at < tag.end) ||
    text[at - 1] === '\\' ||
    (/[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? ''));
  if (cut(start) || cut(end)) return false;
  const words = text.slice(start, end);
  const pairs = allGroups(parseWeights(words)).length;
  let brackets = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === '\\') at += 1;
    else if (words[at] === '<' && tagLengthAt(words, at) > 0) at += tagLengthAt(words, at) - 1;
    else if (/[()[\]]/.test(words[at] ?? '')) brackets += 1;
  }
  return brackets === pairs * 2;
}
