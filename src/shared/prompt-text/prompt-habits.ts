import type { Model, WeightDialect } from '../models/provider.ts';

/** What a model was taught with: lists of tags, or sentences. */
export type PromptFamily = 'tags' | 'natural';

export interface PromptHabits {
  readonly family: PromptFamily;
  readonly weights: WeightDialect;
  /** Characters. */
  readonly longestPrompt: number;
}

/** Names of models that were trained on tags, whatever their provider says of their family. */
const taughtWithTags =
  /pony|illustrious|noob|anim(?:e|agine)|waifu|danbooru|hentai|\bsd[-_ ]?(?:1|2|xl)|sdxl|stable[-_ ]diffusion[-_ ](?:v?[12]|xl)|realistic[-_ ]vision|dreamshaper|juggernaut/i;
/** Their text encoders understand sentences, though their names look like those above. */
const taughtWithSentences =
  /flux|sd[-_ ]?3|stable[-_ ]diffusion[-_ ](?:v?3)|qwen|z[-_ ]image|gpt|gemini|imagen|ideogram|chroma|lumina/i;

/** How a prompt for this model is best written. A model that nobody knows gets sentences: every newer one understands them. */
export function promptHabits(model: Pick<Model, 'id' | 'name' | 'family' | 'limits' | 'promptWeights'>): PromptHabits {
  return {
    family: familyOf(model),
    weights: model.promptWeights ?? 'none',
    longestPrompt: model.limits.promptCharacters,
  };
}

function familyOf({ id, name, family }: Pick<Model, 'id' | 'name' | 'family'>): PromptFamily {
  switch (family) {
    case 'sd15':
    case 'sdxl':
      return 'tags';
    case 'flux':
    case 'procedural':
      return 'natural';
    case 'upscaler':
    case 'other': {
      const names = `${id} ${name}`;
      return taughtWithTags.test(names) && !taughtWithSentences.test(names) ? 'tags' : 'natural';
    }
  }
}
