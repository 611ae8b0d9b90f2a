import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeWeight } from './change-weight.ts';

/** `«` and `»` stand for the selection, `‸` for the caret. */
function read(marked: string): { text: string; start: number; end: number } {
  const caret = marked.indexOf('‸');
  if (caret >= 0) return { text: marked.replace('‸', ''), start: caret, end: caret };
  return { text: marked.replace(/[«»]/g, ''), start: marked.indexOf('«'), end: marked.indexOf('»') - 1 };
}
const change = (marked: string, step: number): string => {
  const { text, start, end } = read(marked);
  const after = changeWeight(text, start, end, step);
  const { selectionStart, selectionEnd } = after;
  if (selectionStart === selectionEnd)
    return `${after.text.slice(0, selectionStart)}‸${after.text.slice(selectionStart)}`;
  return `${after.text.slice(0, selectionStart)}«${after.text.slice(selectionStart, selectionEnd)}»${after.text.slice(selectionEnd)}`;
};

const letters = (text: string): string => text.replace(/[^a-z]/g, '');

describe('changeWeight', () => {
  it.each([
    ['a «red fox», snow', 0.05, 'a («red fox»:1.05), snow'],
    ['a («red fox»:1.05), snow', 0.05, 'a («red fox»:1.1), snow'],
    ['a («red fox»:1.05), snow', -0.05, 'a «red fox», snow'],
    ['a «(red fox:1.05)», snow', 0.05, 'a («red fox»:1.1), snow'],
    ['a «red fox, »snow', -0.05, 'a («red fox»:0.95), snow'],
    ['a re‸d fox', 0.05, 'a («red»:1.05) fox'],
    ['a red‸, fox', 0.05, 'a («red»:1.05), fox'],
    ['a (red f‸ox:1.2)', -0.05, 'a («red fox»:1.15)'],
    ['a (red:1.‸2)', 0.05, 'a («red»:1.25)'],
    ['(«red»)', 0.05, '(«red»:1.15)'],
    ['[«red»]', 0.05, '(«red»:0.95)'],
    ['((a‸):1.2)', 0.05, '((«a»:1.15):1.2)'],
    ['fox_\\(ani‸mal\\)', 0.05, '(«fox_\\(animal\\)»:1.05)'],
    ['a <lora:in‸k:0.8> fox', 0.05, 'a «<lora:ink:0.85>» fox'],
    ['a «<lora:ink>» fox', -0.05, 'a «<lora:ink:0.95>» fox'],
    ['a <lora:«ink»:1:0.5> fox', 0.05, 'a «<lora:ink:1.05:0.55>» fox'],
    ['a «fox <lora:ink:1>»', 0.05, 'a («fox <lora:ink:1>»:1.05)'],
    ['(«a»:0)', -0.05, '(«a»:0)'],
    ['(«a»:10)', 0.05, '(«a»:10)'],
  ])('makes of %s by %d %s', (before, step, after) => {
    expect(change(before, step)).toBe(after);
  });

  it.each(['a «(red» fox)', 'a ,‸ b', '‸', '«»', 'a <lo«ra:ink:1> fox»', 'a «fox)» b', '«a]»', '😀 ‸'])(
    'leaves %s as it is',
    (marked) => {
      const { text, start, end } = read(marked);
      expect(changeWeight(text, start, end, 0.05)).toEqual({ text, selectionStart: start, selectionEnd: end });
    },
  );

  it('keeps its brackets at 1 where the next step would go to others', () => {
    for (const [before, there] of [
      ['((fox):0.95)', '((fox):1)'],
      ['([fox]:0.95)', '([fox]:1)'],
    ] as const) {
      const up = changeWeight(before, 1, 6, 0.05);
      expect(up).toEqual({ text: there, selectionStart: 1, selectionEnd: 6 });
      expect(changeWeight(up.text, up.selectionStart, up.selectionEnd, -0.05).text).toBe(before);
    }
    const inner = changeWeight('((fox:0.95))', 2, 5, 0.05);
    expect(inner.text).toBe('((fox:1))');
    expect(changeWeight(inner.text, inner.selectionStart, inner.selectionEnd, -0.05).text).toBe('((fox:0.95))');
    expect(changeWeight('a (fox:0.95) ran', 3, 6, 0.05).text).toBe('a fox ran');
  });

  it('leads back to where it began, and loses no letter, whatever is selected', () => {
    const piece = fc.constantFrom(
      'fox',
      'red',
      ' ',
      ', ',
      '(',
      ')',
      '[',
      ']',
      ':1.2',
      '<lora:ink:0.8>',
      '\\(',
      '😀',
      '{a|b}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.nat(60),
        fc.nat(60),
        fc.constantFrom(0.05, -0.05),
        (pieces, start, end, step) => {
          const text = pieces.join('');
          const once = changeWeight(text, start, end, step);
          expect(letters(once.text)).toBe(letters(text));
          expect(once.text.isWellFormed()).toBe(true);
          const there = changeWeight(once.text, once.selectionStart, once.selectionEnd, step);
          const back = changeWeight(there.text, there.selectionStart, there.selectionEnd, -step);
          expect(back.text).toBe(once.text);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
