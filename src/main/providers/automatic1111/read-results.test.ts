import { describe, expect, it } from 'vitest';
import type { ProviderRequest } from '../provider.ts';
import { readDrawn } from './read-results.ts';

const png = (name: string): string => Buffer.from(`\x89PNG\r\n\x1a\n${name}`, 'latin1').toString('base64');
const model = { model_name: 'mine', title: 'mine.safetensors', hash: 'abcd123456' };
const request = (fields: Partial<ProviderRequest> = {}): ProviderRequest =>
  ({ count: 1, seed: 5, sampler: null, scheduler: null, ...fields }) as ProviderRequest;
const names = (images: readonly { bytes: Uint8Array }[]): string[] =>
  images.map(({ bytes }) => Buffer.from(bytes).toString('latin1').slice(8));

describe('readDrawn', () => {
  it('leaves out the grid before the pictures, and the maps after them', () => {
    const answer = {
      images: ['grid', 'one', 'two', 'map'].map(png),
      info: JSON.stringify({ all_seeds: [5, 6], index_of_first_image: 1 }),
    };
    const { images } = readDrawn(answer, request({ count: 2 }), { model, ignored: [] });
    expect(names(images)).toEqual(['one', 'two']);
    expect(images.map(({ seed }) => seed)).toEqual([5, 6]);
  });

  it.each(['', 'no JSON', '{"all_seeds": "none"}', null, undefined])('does without its facts: %j', (info) => {
    const { images, dropped } = readDrawn({ images: [png('one')], info }, request(), { model, ignored: [] });
    expect(images.map(({ seed }) => seed)).toEqual([5]);
    expect(dropped).toEqual([]);
  });

  it('says how many are missing, and that none is no success', () => {
    const { dropped } = readDrawn({ images: [png('one')], info: '{}' }, request({ count: 3 }), { model, ignored: [] });
    expect(dropped).toEqual([{ parameter: 'count', note: 'The server left out 2 of the pictures.' }]);
    const none = (): unknown => readDrawn({ images: [], info: '{}' }, request(), { model, ignored: [] });
    expect(none).toThrow('without a picture');
    const text = Buffer.from('hello').toString('base64');
    expect(() => readDrawn({ images: [text], info: '{}' }, request(), { model, ignored: [] })).toThrow('no picture');
  });

  it.each([
    ['by its hash', { sd_model_name: 'renamed', sd_model_hash: 'abcd123456ef' }, []],
    ['by its name', { sd_model_name: 'mine', sd_model_hash: '0000000000' }, []],
    ['which nobody names', {}, []],
    ['which is another', { sd_model_name: 'base', sd_model_hash: '0000000000' }, ['model']],
  ])('knows the model %s', (_how, info, expected) => {
    const { dropped } = readDrawn({ images: [png('one')], info: JSON.stringify(info) }, request(), {
      model,
      ignored: [],
    });
    expect(dropped?.map(({ parameter }) => parameter)).toEqual(expected);
  });

  it.each([
    ['Euler a', null, { sampler_name: 'Euler a' }, []],
    ['Euler a', null, { sampler_name: 'Euler' }, ['sampler']],
    ['DPM++ 2M Karras', null, { sampler_name: 'DPM++ 2M', extra_generation_params: { 'Schedule type': 'Karras' } }, []],
    [
      'Euler',
      'Karras',
      { sampler_name: 'Euler', extra_generation_params: { 'Schedule type': 'Simple' } },
      ['scheduler'],
    ],
    ['Euler', 'Automatic', { sampler_name: 'Euler', extra_generation_params: {} }, []],
  ])('compares %s and %s with %j', (sampler, scheduler, info, expected) => {
    const { dropped } = readDrawn(
      { images: [png('one')], info: JSON.stringify(info) },
      request({ sampler, scheduler }),
      { model, ignored: [] },
    );
    expect(dropped?.map(({ parameter }) => parameter)).toEqual(expected);
  });
});
