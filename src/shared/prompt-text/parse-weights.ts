/** A pair of brackets as AUTOMATIC1111 reads them: round ones raise, square ones lower, `(x:1.2)` says how much. */
export interface WeightGroup {
  readonly kind: 'round' | 'square';
  /** Places of the brackets. */
  readonly open: number;
  readonly close: number;
  /** Where the words end: before `:1.2`, or before the closing bracket. */
  readonly contentEnd: number;
  /** The number that is written; null where there is none. */
  readonly written: number | null;
  readonly children: readonly WeightGroup[];
}

/** What a bracket without a number does (AUTOMATIC1111's wiki, "Attention/emphasis"). */
export const bracketFactor = 1.1;

/** Brackets nested deeper are words. */
const deepest = 50;
const tag = /<(?:lora|lyco|hypernet):[^<>]*>/iy;
const numberAtEnd = /:\s*([+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6}))\s*$/;

interface Open {
  readonly kind: WeightGroup['kind'];
  readonly open: number;
  readonly children: WeightGroup[];
}

/** The pairs of brackets in a text, outermost first. Escaped ones, ones without a partner and those in LoRA tags are words. */
export function parseWeights(text: string, isWord: (at: number) => boolean = () => false): WeightGroup[] {
  const top: WeightGroup[] = [];
  const stack: Open[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\\') at += 1;
    else if (letter === '<') at += Math.max(0, tagLengthAt(text, at) - 1);
    else if (isWord(at)) continue;
    else if ((letter === '(' || letter === '[') && stack.length < deepest) {
      stack.push({ kind: letter === '(' ? 'round' : 'square', open: at, children: [] });
    } else if (letter === ')' || letter === ']') {
      const kind = letter === ')' ? 'round' : 'square';
      if (!stack.some((open) => open.kind === kind)) continue;
      let last = stack.pop();
      while (last && last.kind !== kind) {
        // One without a partner: what stood in it belongs to the one around it.
        (stack.at(-1)?.children ?? top).push(...last.children);
        last = stack.pop();
      }
      if (last) (stack.at(-1)?.children ?? top).push(closed(text, last, at));
    }
  }
  for (const { children } of stack) top.push(...children);
  return top;
}

function closed(text: string, { kind, open, children }: Open, close: number): WeightGroup {
  const start = Math.max(open + 1, close - 24);
  const number = kind === 'round' ? numberAtEnd.exec(text.slice(start, close)) : null;
  const isWritten = number !== null && start + number.index > open + 1;
  return {
    kind,
    open,
    close,
    contentEnd: isWritten ? start + number.index : close,
    written: isWritten ? Number(number[1]) : null,
    children,
  };
}

/** The length of the LoRA tag that begins here; 0 where none does. */
export function tagLengthAt(text: string, at: number): number {
  tag.lastIndex = at;
  return tag.exec(text)?.[0].length ?? 0;
}

/** A part of a text; `to` is behind its last character. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the parts of `[from:to:when]`, `[to:when]` and `[one|other]` stand, which change the prompt while a picture is made;
 * null for square brackets that lower a weight.
 */
export function scheduledParts(text: string, group: WeightGroup): TextRange[] | null {
  if (group.kind !== 'square') return null;
  const cuts = topLevel(text, group, /[:|]/);
  const parts = [...cuts, group.close].map((to, index) => ({ from: (cuts[index - 1] ?? group.open) + 1, to }));
  if (cuts.some((cut) => text[cut] === '|')) return parts;
  const when = parts.at(-1);
  const isTimed = cuts.length > 0 && when !== undefined && /^\s*\d*\.?\d+\s*$/.test(text.slice(when.from, when.to));
  return isTimed ? parts.slice(0, -1) : null;
}

function topLevel(text: string, group: WeightGroup, wanted: RegExp): number[] {
  const found: number[] = [];
  let child = 0;
  for (let at = group.open + 1; at < group.close; at += 1) {
    const inner = group.children[child];
    if (inner?.open === at) {
      at = inner.close;
      child += 1;
    } else if (text[at] === '\\') at += 1;
    else if (text[at] === '<') at += Math.max(0, tagLengthAt(text, at) - 1);
    else if (wanted.test(text[at] ?? '')) found.push(at);
  }
  return found;
}
