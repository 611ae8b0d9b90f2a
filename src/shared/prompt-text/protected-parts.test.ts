import { describe, expect, it } from 'vitest';
import { protectedParts } from './protected-parts.ts';

const kinds = (prompt: string, locked: readonly string[] = []): string[] =>
  protectedParts(prompt, locked).map(({ kind, text }) => `${kind} ${text}`);

describe('what must survive word for word', () => {
  it('is a tag of a LoRA, a LyCORIS, a hypernetwork or an embedding', () => {
    expect(kinds('a cat <lora:Storm v2:0.8> <lyco:x:1> <hypernet:y:0.5> embedding:bad-hands-5, end')).toEqual([
      'lora <lora:Storm v2:0.8>',
      'lora <lyco:x:1>',
      'lora <hypernet:y:0.5>',
      'embedding embedding:bad-hands-5',
    ]);
  });

  it('is a weight, nested or not, and a schedule', () => {
    expect(kinds('(red hair:1.2), ((soft)), (glow), [dim], [a cat:a dog:0.5], [cow|horse], (a (b:1.3) c:1.1)')).toEqual(
      [
        'weight (red hair:1.2)',
        'weight ((soft))',
        'weight (glow)',
        'weight [dim]',
        'schedule [a cat:a dog:0.5]',
        'schedule [cow|horse]',
        'weight (a (b:1.3) c:1.1)',
      ],
    );
  });

  it('is no escaped bracket, and no aside of whole sentences', () => {
    expect(kinds('\\(not this\\)')).toEqual([]);
    expect(kinds('a hut (we have seen it before. It was old and (red:1.1) then) by the sea')).toEqual([
      'weight (red:1.1)',
    ]);
  });

  it('is a text in quotation marks of many languages, but neither inches nor apostrophes', () => {
    expect(kinds('says "OPEN", „Zu“, «fermé», 「営業中」 and ‘yes’ or \'no\'')).toEqual([
      'quoted "OPEN"',
      'quoted „Zu“',
      'quoted «fermé»',
      'quoted 「営業中」',
      'quoted ‘yes’',
      "quoted 'no'",
    ]);
    expect(kinds("a 27\" screen and a 5\" one, the dogs' bowl and the cats' bed, it's")).toEqual([]);
    expect(kinds('"never closed\nand over')).toEqual([]);
  });

  it('is what is drawn: wildcards, variants and variables', () => {
    expect(kinds('__hair/long_colour__ {red|2::blue {a|b}} ${who=me} {2$$a|b} {plain} snake_case_name')).toEqual([
      'dynamic __hair/long_colour__',
      'dynamic {red|2::blue {a|b}}',
      'dynamic ${who=me}',
      'dynamic {2$$a|b}',
    ]);
  });

  it('is a locked term as whole words in any case, and without spaces anywhere', () => {
    expect(kinds('A Red  Fox, a foxy fox.', ['red fox', 'FOX'])).toEqual(['locked Red  Fox', 'locked fox']);
    expect(kinds('坐着橘色的猫咪', ['橘色的猫'])).toEqual(['locked 橘色的猫']);
    expect(kinds('a C++ (x) book', ['c++', '  '])).toEqual(['locked C++', 'weight (x)']);
  });

  it('is a locked term with any sign in it', () => {
    const signs = String.raw`- / \ ^ $ . * + ? | ~ # & @ ! % = ; : , < > a-b black-and-white`
      .split(' ')
      .concat('a - b');
    for (const sign of signs) expect(kinds(`x ${sign} x`, [sign])).toContain(`locked ${sign}`);
  });

  it('is one part where two overlap', () => {
    expect(kinds('old (red fox:1.2) here', ['fox'])).toEqual(['weight (red fox:1.2)']);
    expect(kinds('"a (b" c)')).toEqual(['quoted "a (b" c)']);
  });
});
