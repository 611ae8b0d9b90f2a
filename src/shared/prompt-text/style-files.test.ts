import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { PromptStyle } from '../models/prompt-style.ts';
import { builtInStyles } from './built-in-styles.ts';
import { idFor, readStyles, styleFileFormats, withUniqueNames, writeStyles } from './style-files.ts';

const problem = (text: string): AppError => {
  try {
    readStyles(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was read.');
};

describe('readStyles', () => {
  it('reads the files of Fooocus', () => {
    const text = `[{"name":"Fooocus Sharp","prompt":"cinematic still {prompt} . sharp","negative_prompt":"blurry"},
      {"name":"--- more ---"},{"name":"only negative","negative_prompt":"ugly"},{"name":"null","prompt":"x","negative_prompt":null}]`;
    expect(readStyles(text)).toEqual([
      {
        id: 'fooocus_sharp',
        name: 'Fooocus Sharp',
        kind: 'style',
        positive: 'cinematic still {prompt} . sharp',
        sentence: '',
        negative: 'blurry',
      },
      { id: 'only_negative', name: 'only negative', kind: 'style', positive: '', sentence: '', negative: 'ugly' },
      { id: 'null', name: 'null', kind: 'style', positive: 'x', sentence: '', negative: '' },
    ]);
  });

  it('reads the files of AUTOMATIC1111, old and new, with a byte order mark', () => {
    expect(
      readStyles('\uFEFFname,prompt,negative_prompt\r\nInk,"{prompt}, ink ""wash""",color\r\n=====,,\r\n'),
    ).toMatchObject([{ id: 'ink', positive: '{prompt}, ink "wash"', negative: 'color' }]);
    expect(readStyles('name,text\nOld,vintage')).toMatchObject([{ name: 'Old', positive: 'vintage', negative: '' }]);
  });

  it('makes names and ids unique, also among those that are there', () => {
    const styles = readStyles('name,prompt\nInk,a\nink,b\nParty!,c', builtInStyles);
    expect(styles.map(({ id, name }) => [id, name])).toEqual([
      ['ink_2', 'Ink (2)'],
      ['ink_3', 'ink (3)'],
      ['party_2', 'Party!'],
    ]);
  });

  it.each([
    ['[{"name": "a", "prompt": "x"},\n {"name": }]', 'broken JSON in line 2, column'],
    ['[{"name": "a"', 'broken JSON in line 1'],
    ['{"a": 1}', 'has no styles'],
    ['[{"prompt": "x"}]', "Style 1 of the file can't be used: name: is missing"],
    ['[{"name": " ", "prompt": "x"}]', 'name: must have at least 1 character'],
    [`[{"name": "a", "prompt": "${'x'.repeat(4001)}"}]`, 'positive: must have at most 4000 characters'],
    ['{"styles": [{"name": "a", "kind": "other"}]}', 'kind: must be one of style, enhancer'],
    ['name,prompt\na,"b', 'line 2 is never closed'],
    ['name,prompt\n,b', "The style in line 2 can't be used: name: must have at least 1 character"],
    ['just some text', 'no file of styles'],
    ['', 'no file of styles'],
    ['[]', 'has no styles'],
    ['\0\0\0', 'no file of styles'],
  ])('says of %j that it is %s', (text, message) => {
    expect(problem(text)).toMatchObject({ code: 'badInput' });
    expect(problem(text).message).toContain(message);
  });
});

describe('writeStyles', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const style = fc.record({
    name: fc.oneof(text, fc.constantFrom('=1+1', 'a,b', '"', 'é')).filter((name) => name.trim() !== ''),
    kind: fc.constantFrom('style', 'enhancer'),
    positive: fc.oneof(text, fc.constantFrom('-a', '{prompt}, b\r\nc')).filter((terms) => terms.trim() !== ''),
    sentence: text,
    negative: text,
  });
  const stylesOf = (drafts: readonly object[]): PromptStyle[] =>
    withUniqueNames(
      drafts.map((draft) => PromptStyle.parse({ ...draft, id: idFor('name' in draft ? String(draft.name) : '') })),
    );

  it('writes what is read back equal, as far as the format has room for it', () => {
    fc.assert(
      fc.property(fc.array(style, { minLength: 1, maxLength: 6 }), (drafts) => {
        const styles = stylesOf(drafts);
        expect(readStyles(writeStyles(styles, 'easel'))).toEqual(styles);
        for (const format of ['fooocus', 'a1111'] as const) {
          const kept = ({ name, positive, negative }: PromptStyle): object => ({ name, positive, negative });
          expect(readStyles(writeStyles(styles, format)).map(kept)).toEqual(styles.map(kept));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('writes the built-in ones in every format', () => {
    for (const format of styleFileFormats) {
      expect(readStyles(writeStyles(builtInStyles, format)).map(({ positive }) => positive)).toEqual(
        builtInStyles.map(({ positive }) => positive),
      );
    }
  });
});
