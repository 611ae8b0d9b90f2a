import type { Model, Parameter, Price } from '../../../shared/models/provider.ts';

const promptCharacters = 10_000;
export const none = { samplers: [], schedulers: [], loras: [] };
export const jpegOrPng: Model['choices'] = { ...none, outputFormats: ['jpg', 'png'] };

export const square = { width: 1024, height: 1024 };

/** Results have the reference's own size, so nothing about it is chosen, or shrunk, here. */
export const followedSide = { min: 1, max: 4096, multipleOf: 1 };
export const followed = { width: 4096, height: 4096 };

type Draft = Pick<Model, 'id' | 'name' | 'family' | 'tier' | 'operations' | 'parameters'> & {
  side: Model['limits']['side'];
  defaults: Model['defaults'];
  seconds: number;
  price?: Price;
  perRequest?: number;
  choices?: Model['choices'];
  sizes?: Model['limits']['sizes'];
  startsFrom?: Model['startsFrom'];
};

/** A model, with what most have in common. */
export function describeModel({ side, seconds, price, perRequest, choices, sizes, startsFrom, ...rest }: Draft): Model {
  return {
    ...rest,
    ...(startsFrom ? { startsFrom } : {}),
    limits: { promptCharacters, imagesPerRequest: perRequest ?? 4, side, ...(sizes ? { sizes } : {}) },
    choices: choices ?? jpegOrPng,
    price: price ?? null,
    typicalSeconds: seconds,
  };
}

export const drawing: readonly Parameter[] = ['size', 'seed', 'steps', 'guidance', 'outputFormat'];
