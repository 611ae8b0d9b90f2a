import { describe, expect, it } from 'vitest';
import { analysePrompt } from '../../../shared/prompt-text/analyse-prompt.ts';
import { currentFindings } from './current-findings.ts';
import { markPieces } from './prompt-marks.ts';

const joined = (pieces: ReturnType<typeof markPieces>): string => pieces.map(({ text }) => text).join('');

describe('marks in a prompt', () => {
  it('are pieces that are the whole text again', () => {
    const text = 'the the fox (in snow';
    const pieces = markPieces(text, analysePrompt(text).findings, [{ start: 8, end: 11 }]);
    expect(joined(pieces)).toBe(text);
    expect(pieces.filter(({ mark }) => mark !== null)).toEqual([
      { text: 'the', mark: 'repeated' },
      { text: 'fox', mark: 'locked' },
      { text: '(', mark: 'unbalanced' },
    ]);
  });

  it('never lie over each other', () => {
    const pieces = markPieces(
      'abcdef',
      [
        { kind: 'filler', start: 0, end: 4 },
        { kind: 'repeated', start: 2, end: 6 },
      ],
      [],
    );
    expect(pieces).toEqual([
      { text: 'abcd', mark: 'filler' },
      { text: 'ef', mark: null },
    ]);
  });
});

describe('findings while somebody types on', () => {
  const analysed = 'the the fox (in snow';
  const { findings } = analysePrompt(analysed);
  const kinds = (text: string): string[] => currentFindings(findings, analysed, text).map(({ kind }) => kind);

  it('stay with their words', () => {
    const [, bracket] = currentFindings(findings, analysed, 'the the red fox (in snow');
    expect(bracket).toMatchObject({ kind: 'unbalanced', start: 16, end: 17, fix: { start: 16, end: 17 } });
  });

  it('go away as soon as their words, or what their fix takes away, are changed', () => {
    expect(kinds('the fox (in snow')).toEqual(['unbalanced']);
    expect(kinds('the the fox in snow')).toEqual(['repeated']);
  });
});
