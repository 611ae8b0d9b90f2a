import { describe, expect, it } from 'vitest';
import { compressPrompt } from './compress-prompt.ts';
import { conceptsKept, keyConcepts } from './key-concepts.ts';

describe('key concepts', () => {
  it('are the phrases that a picture can show, the first and heaviest before the others', () => {
    const concepts = keyConcepts(
      'An old lighthouse keeper is holding a brass lantern on a cliff, oil painting, masterpiece',
    );
    expect(concepts[0]).toBe('old lighthouse keeper');
    expect(concepts).toEqual(expect.arrayContaining(['brass lantern', 'cliff', 'oil painting', 'masterpiece']));
    expect(keyConcepts('a mill, a (tiny frog:1.9)')[0]).toBe('tiny frog');
  });

  it('are found in languages with and without spaces', () => {
    expect(keyConcepts('Ein alter Müller mit einer Laterne')).toEqual(
      expect.arrayContaining(['alter Müller', 'Laterne']),
    );
    expect(keyConcepts('古い図書館で眠る猫')).toEqual(expect.arrayContaining(['図書館', '猫']));
    expect(keyConcepts('橘色的猫和狗')).toEqual(expect.arrayContaining(['橘色', '猫', '狗']));
  });

  it('are neither talk with the machine nor praise, which go when a prompt is shortened', () => {
    const prompt = 'Please create an image of a very beautiful rusty canyon with a blue wooden boat called "Emma"';
    expect(keyConcepts(prompt).toSorted()).toEqual(['Emma', 'blue wooden boat', 'rusty canyon']);
    expect(keyConcepts('a sign that says "please", a male dancer in a picture frame')).toEqual(
      expect.arrayContaining(['please', 'male dancer', 'picture frame']),
    );
  });

  it('are no names of wildcards and variables, but what may be drawn', () => {
    const prompt =
      'a __colors__ roof, ${who=old miller} and ${who}, {2$$ beyond $$red fox|3::grey wolf|__animals__}, (__watercolor__ sky:1.2)';
    expect(keyConcepts(prompt).toSorted()).toEqual(['grey wolf', 'old miller', 'red fox', 'roof', 'sky']);
  });

  it('are all there where only filler was dropped', () => {
    const things = ['rusty canyon', 'brass lantern', 'wooden boat', 'green net', 'oak table', 'stone bridge'];
    const sentence = things.map((thing) => `Please create a really very beautiful ${thing}, actually, if you can.`);
    const prompt = `${sentence.join(' ')} Very aesthetic. `.repeat(25).trim();
    const short = compressPrompt(prompt, { limit: 2_999 });
    expect(prompt.length).toBeGreaterThan(9_000);
    expect(short.length).toBeLessThan(1_000);
    expect(conceptsKept(keyConcepts(prompt), short)).toMatchObject({ missing: [], share: 1 });
  });

  it('are forty at most, and none for nothing', () => {
    expect(keyConcepts(Array.from({ length: 200 }, (_, at) => `thing${at}`).join(', '))).toHaveLength(40);
    expect(keyConcepts('  ,, of the ')).toEqual([]);
  });
});

describe('concepts that are kept', () => {
  it('may be inflected, in other order and case, and a word apart', () => {
    const text = 'GLOWING windows; a keeper of lighthouses, the lantern is brass. Cities.';
    const concepts = ['glowing window', 'lighthouse keeper', 'brass lantern', 'city'];
    expect(conceptsKept(concepts, text)).toEqual({ kept: concepts, missing: [], share: 1 });
  });

  it('are missing where a word is, or is only a part of another one', () => {
    expect(conceptsKept(['red fox', 'cat', 'oak'], 'a fox in a catalogue by an oak')).toEqual({
      kept: ['oak'],
      missing: ['red fox', 'cat'],
      share: 1 / 3,
    });
  });

  it('are missing where their words lie far apart', () => {
    expect(conceptsKept(['red fox'], 'a red barn stands by the old grey mill where a fox sleeps').kept).toEqual([]);
  });

  it('count without spaces, accents and articles that are glued on', () => {
    expect(conceptsKept(['図書館', 'atelier', 'cafe'], "古い図書館で、l'atelier, un café").missing).toEqual([]);
    expect(conceptsKept([], 'anything').share).toBe(1);
  });
});
