import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { isDynamic, resolvePrompt, variablesOf, wildcardsOf, type ResolveOptions } from './resolve-prompt.ts';

const files: Readonly<Record<string, readonly string[]>> = {
  colors: ['red', 'green', 'blue'],
  'places/north': ['fjord', 'tundra'],
  animals: ['{red|grey} fox', '__colors__ bird'],
  loop: ['again __loop__'],
  empty: [],
  weighted: ['9::often', '0::never', 'seldom'],
  coat: ['a ${season} coat', 'a ${season:grey} hat'],
};
const resolve = (template: string, more: Partial<ResolveOptions> = {}) =>
  resolvePrompt(template, {
    seed: 1,
    wildcards: (name) => (Object.hasOwn(files, name) ? (files[name] ?? null) : null),
    variables: {},
    wildcardNames: Object.keys(files),
    ...more,
  });
const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const results = (template: string, more: Partial<ResolveOptions> = {}): Set<string> =>
  new Set(seeds.map((seed) => resolve(template, { ...more, seed }).text));
const problem = (template: string, more: Partial<ResolveOptions> = {}): AppError => {
  try {
    resolve(template, more);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was resolved.');
};

describe('choices', () => {
  it('take each option at some seed and nothing else', () => {
    expect(results('a {red|green|} fox')).toEqual(new Set(['a red fox', 'a green fox', 'a  fox']));
  });

  it('take several without repeating one, in any order, joined as asked', () => {
    expect(results('{2$$a|b}')).toEqual(new Set(['a, b', 'b, a']));
    expect(results('{2$$ and $$a|b}')).toEqual(new Set(['a and b', 'b and a']));
    expect(results('{2$$$$a|b}')).toEqual(new Set(['ab', 'ba']));
    expect(results('{1-2$$+$$a|b}')).toEqual(new Set(['a', 'b', 'a+b', 'b+a']));
    expect(results('{-1$$a|b}')).toEqual(new Set(['a', 'b']));
    expect(results('{2-$$a|b}')).toEqual(new Set(['a, b', 'b, a']));
    expect(results('{0-1$$a}')).toEqual(new Set(['', 'a']));
    expect(results('{9$$a|b}')).toEqual(new Set(['a, b', 'b, a']));
  });

  it('go by the weights of their options', () => {
    const taken = seeds.map((seed) => resolve('{9::a|b}', { seed }).text);
    const often = taken.filter((text) => text === 'a').length;
    expect(often).toBeGreaterThan(160);
    expect(often).toBeLessThan(200);
    expect(results('{0::a|b}')).toEqual(new Set(['b']));
    expect(results('{0::a|0::b}')).toEqual(new Set(['a', 'b']));
    expect(results('{.5::a|1.5::b}')).toEqual(new Set(['a', 'b']));
    expect(results('{2$$0::a|b}')).toEqual(new Set(['b, a']));
  });

  it('may be nested and stand on several lines', () => {
    expect(results('{a|{b|c} d}')).toEqual(new Set(['a', 'b d', 'c d']));
    expect(results('{\n  a |\n  b\n}')).toEqual(new Set(['a ', 'b']));
  });

  it('are no braces around a single thing, nor unbalanced ones: those are left as they are', () => {
    for (const text of [
      '{"subject": "fox", "light": {"kind": "soft"}}',
      '{a',
      'b}',
      '}{',
      '{{{',
      '{}',
      '$',
      '${',
      '${1}',
      '__ __',
      '____',
    ]) {
      expect(resolve(text)).toEqual({ text, draws: [] });
      expect(isDynamic(text)).toBe(false);
    }
    expect(results('{open {a|b}')).toEqual(new Set(['{open a', '{open b']));
  });

  it('are not what is escaped', () => {
    expect(resolve('\\{a|b\\} \\${c} \\__d__ (e\\)').text).toBe('{a|b} ${c} __d__ (e\\)');
    expect(results('{a\\|b|c\\}}')).toEqual(new Set(['a|b', 'c}']));
    expect(isDynamic('\\{')).toBe(true);
  });
});

describe('wildcards', () => {
  it('take a line of their file, with what is dynamic in it', () => {
    expect(results('__colors__ and __places/north__')).toHaveLength(6);
    expect(results('__animals__')).toEqual(new Set(['red fox', 'grey fox', 'red bird', 'green bird', 'blue bird']));
    expect(results('{2$$__colors__}').size).toBe(6);
    expect(results('__weighted__')).toEqual(new Set(['often', 'seldom']));
  });

  it('ask for names with a star as they are', () => {
    const asked: string[] = [];
    resolve('__col*__ __**__', { wildcards: (name) => (asked.push(name), ['x']) });
    expect(asked).toEqual(['col*', '**']);
  });

  it('say which file is missing and which was meant', () => {
    const error = problem('a __colrs__ fox');
    expect(error.code).toBe('badInput');
    expect(error.message).toContain('There is no wildcard file "colrs". Did you mean colors?');
    expect(problem('__empty__').message).toContain('"empty" has no lines');
  });

  it('stop when they lead back to themselves', () => {
    expect(problem('__loop__').message).toMatch(/round in circles.*__loop__/);
    expect(problem('__twice__', { wildcards: () => ['__twice__ __twice__'] }).code).toBe('badInput');
    const wide = (name: string): string[] => [name === 'x10' ? 'end' : `__x${Number(name.slice(1)) + 1}__ `.repeat(9)];
    expect(problem('__x0__', { wildcards: wide }).message).toContain('more than 1000 times');
  });

  it('may be given values for their lines', () => {
    expect(results('__coat(season=winter)__')).toEqual(new Set(['a winter coat', 'a winter hat']));
  });
});

describe('variables', () => {
  it('take what is given before the default', () => {
    expect(resolve('a ${animal:fox}').text).toBe('a fox');
    expect(resolve('a ${animal=fox}').text).toBe('a fox');
    expect(resolve('a ${animal=fox}', { variables: { animal: 'bear' } }).text).toBe('a bear');
    expect(results('a ${animal}', { variables: { animal: '{bear|__colors__}' } })).toHaveLength(4);
    expect(resolve('a ${animal:fox}', { variables: { animal: '' } }).text).toBe('a ');
  });

  it('are only set where they are used elsewhere, as in sd-dynamic-prompts', () => {
    expect(results('${s=!{a|b}} In ${s} and ${s}')).toEqual(new Set(['In a and a', 'In b and b']));
    expect(results('${s={a|b}} ${s} ${s}')).toEqual(new Set(['a a', 'a b', 'b a', 'b b']));
    expect(results('${season=!winter} __coat__')).toEqual(new Set(['a winter coat', 'a winter hat']));
    expect(resolve('${s=a} ${s}', { variables: { s: 'mine' } }).text).toBe('mine');
  });

  it('say what is missing and how it is given', () => {
    const error = problem('a ${animal}');
    expect(error).toMatchObject({ code: 'badInput', details: { variable: 'animal' } });
    expect(error.message).toContain('${animal:something}');
    expect(problem('${constructor}').code).toBe('badInput');
    expect(problem('${a}', { variables: { a: '${b}', b: '${a}' } }).message).toContain('circles');
  });
});

describe('resolvePrompt', () => {
  it('records every draw, the outer ones first', () => {
    const { text, draws } = resolve('{__colors__|__colors__} ${a:x}');
    expect(draws.map(({ kind, source }) => [kind, source])).toEqual([
      ['choice', '{__colors__|__colors__}'],
      ['wildcard', '__colors__'],
      ['variable', '${a:x}'],
    ]);
    expect(text).toBe(`${draws[1]!.picked} x`);
  });

  it('keeps the text of a seed from one version to the next', () => {
    expect(resolve('a {red|green|blue} __animals__, {2$$a|b|c}', { seed: 123456789 }).text).toMatchInlineSnapshot(
      `"a blue grey fox, b, a"`,
    );
  });

  it('refuses a result over 10,000 characters and says how far over', () => {
    const error = problem('{2$$a|b} __long__', { wildcards: () => ['x'.repeat(9_999)] });
    expect(error.code).toBe('promptTooLong');
    expect(error.message).toMatch(/at least \d+ characters/);
    expect(problem('__long__', { wildcards: () => ['x'.repeat(20_000)] }).code).toBe('promptTooLong');
  });

  it('leaves a text without syntax as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        fc.pre(!/[{_$\\]/.test(text));
        expect(resolve(text)).toEqual({ text, draws: [] });
        expect(isDynamic(text)).toBe(false);
      }),
    );
  });

  it('gives the same for the same seed, leaves what is not dynamic alone, and throws nothing but its own errors', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '|',
        '$$',
        '2$$',
        '1-',
        '$',
        '${',
        '${a}',
        '${a=',
        ':',
        '=!',
        '__',
        '__colors__',
        '\\',
        '3::',
        '*',
        '/',
        '\n',
        '(a:1.2)',
      ),
      fc.constantFrom('__animals__', '__loop__', '__coat(season=x)__', 'word', ' ', 'é', '😀', '\0'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60, size: 'max' }), fc.maxSafeNat(), (pieces, seed) => {
        const template = pieces.join('');
        const attempt = () => {
          try {
            return resolve(template, { seed, variables: { a: 'A' } });
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            return (error as AppError).message;
          }
        };
        const first = attempt();
        expect(attempt()).toEqual(first);
        if (!isDynamic(template)) expect(first).toEqual({ text: template, draws: [] });
        variablesOf(template);
        wildcardsOf(template);
      }),
      { numRuns: 3000 },
    );
  });

  it('picks one of the options, whatever they are', () => {
    const word = fc.stringMatching(/^[a-z ]{0,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 6 }), fc.maxSafeNat(), (options, seed) => {
        const { text, draws } = resolve(`<{${options.join('|')}}>`, { seed });
        expect(options).toContain(draws[0]!.picked);
        expect(text).toBe(`<${draws[0]!.picked}>`);
      }),
    );
  });

  it('takes no longer than a moment for 10,000 characters or a wildcard of 10 MB', () => {
    const hard = ['{', '{a|', '__', '__a', '__a_', '${a=', '${a:{', '\\', '_', '{2$$', '{a}', '{a|b}', '}'];
    const million = Array.from({ length: 1_000_000 }, (_, index) => `line ${index}`);
    const started = new Date().getTime();
    for (const part of hard) {
      const template = part.repeat(Math.floor(10_000 / part.length));
      try {
        resolve(template);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
      isDynamic(template);
    }
    resolve('__big__ '.repeat(400), { wildcards: () => million });
    expect(new Date().getTime() - started).toBeLessThan(3_000);
  });
});

describe('variablesOf and wildcardsOf', () => {
  it('list names once, also those inside others', () => {
    expect(variablesOf('${a} ${b={x|${c:y}}} {${a=z}|q} ${d=!1}')).toEqual([
      { name: 'a', default: 'z' },
      { name: 'b', default: '{x|${c:y}}' },
      { name: 'c', default: 'y' },
      { name: 'd', default: '1' },
    ]);
    expect(wildcardsOf('__a__ {__b/c__|__a__} ${v=__d*__} \\__e__')).toEqual(['a', 'b/c', 'd*']);
  });

  it('draws by weight what is left, and what weighs nothing at the very end', () => {
    const lines = ['0::never', '5::often', '1::seldom', '0::neither'];
    const of = (seed: number, prompt: string) =>
      resolvePrompt(prompt, { seed, variables: {}, wildcards: () => lines }).text.split(', ');
    let often = 0;
    for (let seed = 0; seed < 600; seed += 1) {
      const [first] = of(seed, '__w__');
      expect(['often', 'seldom']).toContain(first);
      if (first === 'often') often += 1;
      expect(of(seed, '{2$$__w__}').sort()).toEqual(['often', 'seldom']);
      expect(new Set(of(seed, '{4$$__w__}')).size).toBe(4);
    }
    expect(often / 600).toBeGreaterThan(0.75);
    expect(often / 600).toBeLessThan(0.92);
  });
});
