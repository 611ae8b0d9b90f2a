import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compressPrompt } from './compress-prompt.ts';
import { protectedParts } from './protected-parts.ts';

const words = fc.constantFrom(
  ...[
    'a',
    'the',
    'red',
    'fox',
    'night',
    'mountain',
    'masterpiece',
    '8k',
    'of',
    'please',
    'very',
    'BREAK',
    'Grüße',
    'שלום',
  ],
  ...[
    'مرحبا',
    '一只猫坐在窗台上',
    '古い図書館で眠る',
    'ภาษาไทย',
    '👩‍👩‍👧‍👦',
    '🇩🇪',
    'e\u0301\u0302\u0303',
    '\uD800',
    '\uDC00',
    '\u0000',
    'x'.repeat(200),
  ],
);
const signs = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ', ',
  '. ',
  ',',
  ',,',
  '\n',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  '|',
  '\\(',
  ':',
  '…',
  '，',
  '。',
  '_',
  '<',
);
const marked = fc.constantFrom(
  ...[
    '(red hair:1.2)',
    '<lora:storm:0.8>',
    '"OPEN"',
    '((soft light))',
    '[a:b:0.5]',
    '__place__',
    '{day|night}',
    'embedding:bad',
  ],
);
const anyText = fc.oneof(
  fc.string({ maxLength: 400, unit: 'binary' }),
  fc.array(fc.oneof(words, signs), { maxLength: 200, size: 'max' }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof({ weight: 4, arbitrary: words }, { weight: 4, arbitrary: signs }, { weight: 1, arbitrary: marked }))
    .map((parts) => parts.join(' ')),
);
const anyLimit = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3_000 }));

/** A half of a pair that was whole before. */
function splitsPair(before: string, after: string): boolean {
  return before.isWellFormed() && !after.isWellFormed();
}

describe('the compressor', () => {
  it('meets every limit with every text, splits no character, and is the same when done again', () => {
    fc.assert(
      fc.property(anyText, anyLimit, fc.subarray(['fox', 'red hair', '猫']), (text, limit, locked) => {
        const once = compressPrompt(text, { limit, locked });
        expect(once.length).toBeLessThanOrEqual(limit);
        expect(splitsPair(text, once)).toBe(false);
        expect(compressPrompt(once, { limit, locked })).toBe(once);
        expect(compressPrompt(text, { limit, locked })).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every protected part word for word where they fit together, with a comma and a space between', () => {
    const plain = fc.array(
      fc.constantFrom('a', 'red', 'fox', 'by', 'the', 'old', 'mill', 'in', 'heavy', 'rain', 'knitted cap'),
      { maxLength: 60, size: 'max' },
    );
    const prompt = fc
      .array(fc.tuple(plain, fc.option(marked), fc.constantFrom(', ', '. ', '\n', ' ', ' BREAK ')))
      .map((rows) => rows.map(([few, part, sign]) => `${few.join(' ')} ${part ?? ''}${sign}`).join(''));
    fc.assert(
      fc.property(prompt, fc.integer({ min: 1, max: 400 }), (text, limit) => {
        const parts = protectedParts(text, ['knitted cap']).map((part) => part.text);
        const needed = parts.reduce((sum, part) => sum + part.length + 2, -2);
        if (needed > limit) return;
        let rest = compressPrompt(text, { limit, locked: ['knitted cap'] });
        for (const part of parts) {
          expect(rest).toContain(part);
          rest = rest.slice(rest.indexOf(part) + part.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the first of the protected parts where not all of them fit', () => {
    const parts = Array.from({ length: 30 }, (_, at) => `(weight ${at}:1.2)`);
    const short = compressPrompt(parts.join(', '), { limit: 60 });
    expect(short).toBe('(weight 0:1.2), (weight 1:1.2), (weight 2:1.2)');
  });

  it('leaves what fits as it is, down to the last space', () => {
    expect(compressPrompt('  please,  the the cat ', { limit: 23 })).toBe('  please,  the the cat ');
    expect(compressPrompt('', { limit: 1 })).toBe('');
  });

  it('drops the talk, the filler and what is said again before anything else', () => {
    const text =
      'I would like to see an image of a really big mill, by a river. masterpiece, best quality, high quality, 8k, 4k, by a river.';
    expect(compressPrompt(text, { limit: 70 })).toBe('a big mill, by a river. masterpiece, best quality, 8k.');
  });

  it('takes no half words, but for a word that is longer than the limit by itself', () => {
    const text = 'an extraordinarily photogenic lighthouse, surrounded by thunderstorms and by hippopotamuses';
    const all = new Set(text.split(/[\s,]+/));
    for (let limit = 20; limit < text.length; limit += 1)
      for (const word of compressPrompt(text, { limit }).split(/[\s,]+/)) expect(all).toContain(word);
    expect(compressPrompt('a'.repeat(9_999), { limit: 2_999 })).toBe('a'.repeat(2_999));
    expect(compressPrompt('👩‍👩‍👧‍👦'.repeat(900), { limit: 30 })).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦');
    expect(compressPrompt('👩‍👩‍👧‍👦'.repeat(9), { limit: 5 })).toBe('');
  });

  it('shortens a weight that is longer than the limit itself like other text, and lets a tag of a file go', () => {
    const sentence = 'a lonely harbour in the fog with an old crane and a red ferry';
    expect(compressPrompt(`(${sentence}:1.2)`, { limit: 40 })).toContain('harbour');
    expect(compressPrompt(`<lora:${'x'.repeat(80)}:1>, cat`, { limit: 40 })).toBe('cat');
  });

  it('shortens languages without spaces, too', () => {
    const text =
      '请帮我生成一张图片：一只橘色的猫坐在古老的木窗台上，窗外是下着雨的京都街道，霓虹灯的倒影在石板路上闪烁，浅景深。'.repeat(
        3,
      );
    const short = compressPrompt(text, { limit: 60 });
    expect(short).not.toContain('请帮我');
    expect(short).toContain('猫');
    expect(short.length).toBeGreaterThan(40);
  });

  it('uses most of the room that it has', () => {
    const text = Array.from({ length: 400 }, (_, at) => `thing number${at} beside colour${at}`).join(', ');
    expect(compressPrompt(text, { limit: 2_999 }).length).toBeGreaterThan(2_900);
  });

  it('keeps a negation with what it denies', () => {
    const text = `A street in the rain, ${'with a crooked lamp and a very long shadow, '.repeat(2)}no people at all, without cars`;
    expect(compressPrompt(text, { limit: 90 })).toMatch(/no people.*without cars/);
  });

  const fisherman =
    'An old fisherman with a white beard sits on a stack of lobster pots, mending a green net in the early morning light. Behind him a weathered blue wooden boat called "Emma" lies on the shingle, its paint peeling and its ropes coiled. A ginger cat is sleeping beside a stack of lobster pots, and gulls are wheeling over the harbour wall. The fisherman wears a thick navy sweater and yellow oilskin trousers. The sea is calm and silver, and a thin mist hangs above the water.';

  it('keeps what the prompt is about first of all, however short it has to be', () => {
    for (let limit = 25; limit < fisherman.length; limit += 5)
      expect(compressPrompt(fisherman, { limit })).toMatch(/^(?:An )?old fisherman/);
    const shot = 'masterpiece, oil painting, breathtaking ultra wide establishing shot of an old fisherman, ';
    for (const limit of [60, 90, 150])
      expect(compressPrompt(`${shot}${fisherman.slice(13)}`, { limit })).toContain('old fisherman');
    const parts = '(weathered blue wooden boat:1.2), (stack of lobster pots:1.1), "NO FISHING HERE"';
    expect(compressPrompt(`an old fisherman mending green nets, ${parts}, gulls over the sea`, { limit: 100 })).toMatch(
      /^old fisherman, \(weathered/,
    );
  });

  it('puts a comma where a word that parted was dropped, so that nothing runs together', () => {
    for (let limit = 100; limit < fisherman.length; limit += 5)
      expect(compressPrompt(fisherman, { limit })).not.toMatch(
        /cat(?: sleeping)? stack|sits stack|cat sleeping lobster/,
      );
    expect(compressPrompt(fisherman, { limit: 300 })).toContain('ginger cat sleeping, stack of lobster pots');
    const german = 'Eine rote Katze schläft neben einem Stapel alter Körbe und träumt von der See. '.repeat(2);
    expect(compressPrompt(german, { limit: 75 })).toContain('rote Katze schläft, Stapel alter Körbe');
  });
});
