import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrompt, sceneNames } from './read-prompt.ts';

describe('readPrompt', () => {
  it('finds what a picture shows, when, and in which colour', () => {
    const mood = readPrompt('A red lighthouse by the sea at night, full moon');
    expect(mood.scenes).toEqual(['sea']);
    expect(mood.time).toBe('night');
    expect(mood.colour?.[2]).toBe(26);
    expect(mood.details.has('moon')).toBe(true);
  });

  it('knows plurals', () => {
    expect(readPrompt('roses').scenes).toEqual(['bloom']);
    expect(readPrompt('Cities at dawn').scenes).toEqual(['city']);
    expect(readPrompt('Two churches').scenes).toEqual(['stainedGlass']);
  });

  it('puts how a picture is made before what it shows', () => {
    expect(readPrompt('papercut mountains').scenes).toEqual(['paperCut']);
    expect(readPrompt('stained glass rose').scenes).toEqual(['stainedGlass']);
  });

  it('takes light and strength of colour from the words', () => {
    expect(readPrompt('dark').light).toBe(-1);
    expect(readPrompt('a soft pastel spring').light).toBe(1);
    expect(readPrompt('monochrome').chroma).toBeLessThan(0.2);
  });

  it('leaves open what is not said, and reads any text', () => {
    expect(readPrompt('xyzzy')).toEqual({
      scenes: [],
      time: null,
      colour: null,
      chroma: 1,
      light: 0,
      details: new Set(),
    });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (prompt) => {
        const mood = readPrompt(prompt);
        expect(mood.scenes.every((scene) => sceneNames.includes(scene))).toBe(true);
      }),
    );
    expect(readPrompt('constructor __proto__ toString').scenes).toEqual([]);
  });
});
