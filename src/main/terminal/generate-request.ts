import type { Command } from 'commander';
import { describeIssues } from '../../shared/describe-issues.ts';
import { AppError } from '../../shared/errors.ts';
import { GenerationRequest, type Operation } from '../../shared/models/generation-request.ts';
import type { App } from '../app.ts';
import { keepInput } from './keep-input.ts';
import { readNumber } from './read-number.ts';
import { addWishOptions, readWishes, wishOptionOf, type WishOptions } from './wish-options.ts';

/** What the command line says of a request, as it was typed. */
export interface RequestOptions extends WishOptions {
  readonly provider?: string;
  readonly model?: string;
  readonly size?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly steps?: string;
  readonly guidance?: string;
  readonly negative?: string;
  readonly image?: string;
  readonly mask?: string;
  readonly strength?: string;
  readonly project?: string;
}

export function addRequestOptions(command: Command): void {
  command
    .option('--provider <id>', 'Who makes it (easel providers lists them)')
    .option('--model <id>', 'With which model')
    .option('--size <WxH>', 'Pixels, for example 1024x768')
    .option('--count <n>', 'How many images')
    .option('--seed <n>', 'The same seed makes the same picture')
    .option('--steps <n>', 'Sampling steps')
    .option('--guidance <x>', 'How closely to follow the prompt')
    .option('--negative <text>', 'What the picture must not show')
    .option('--image <path>', 'Reference image')
    .option('--mask <path>', 'Mask for the reference: white is painted anew')
    .option('--strength <x>', 'How far to leave the reference, 0 to 1')
    .option('--project <name>', 'Folder of the library that it belongs to');
  addWishOptions(command);
}

/** The request that the options ask for; its pictures are then in the library. Throws AppError. */
export async function readRequest(app: App, prompt: string, options: RequestOptions): Promise<GenerationRequest> {
  const size = readSize(options.size);
  const wishes = readWishes(app, options);
  if (options.mask !== undefined && options.image === undefined) {
    throw new AppError('badInput', 'A mask belongs to an image: give --image as well.');
  }
  const [image, mask] = [await keepIfGiven(app, options.image), await keepIfGiven(app, options.mask)];
  await app.providers.ensureFresh(options.provider);
  const parsed = GenerationRequest.safeParse({
    prompt,
    negativePrompt: options.negative,
    ...size,
    count: readNumber('count', options.count),
    seed: readNumber('seed', options.seed),
    steps: readNumber('steps', options.steps),
    guidance: readNumber('guidance', options.guidance),
    strength: readNumber('strength', options.strength),
    image,
    mask,
    provider: options.provider,
    model: options.model,
    wishes,
    project: options.project,
    operation: operationOf(app, options.model, image !== undefined, mask !== undefined),
  });
  if (parsed.success) return parsed.data;
  throw new AppError('badInput', `This can't be used: ${describeIssues(parsed.error.issues, optionOf)}.`);
}

/** The option that a field of the request comes from. */
function optionOf(field: string): string {
  const others: Readonly<Record<string, string>> = {
    width: 'size',
    height: 'size',
    negativePrompt: 'negative',
  };
  return `--${others[field] ?? wishOptionOf(field) ?? field}`;
}

/** What is given says what is meant, unless the model named can do but one thing: enlarge, cut out, make a video. */
function operationOf(app: App, model: string | undefined, hasImage: boolean, hasMask: boolean): Operation {
  const named = app.providers
    .list()
    .flatMap((provider) => provider.models)
    .find(({ id }) => id === model);
  const [only] = named?.operations ?? [];
  if (only !== undefined && named?.operations.length === 1) return only;
  if (!hasImage) return 'textToImage';
  return hasMask ? 'inpaint' : 'imageToImage';
}

function keepIfGiven(app: App, path: string | undefined): Promise<string> | undefined {
  return path === undefined ? undefined : keepInput(app, path);
}

function readSize(text: string | undefined): { width?: number; height?: number } {
  if (text === undefined) return {};
  const [, width, height] = /^(\d{1,5})[x×](\d{1,5})$/i.exec(text) ?? [];
  if (width === undefined || height === undefined) {
    throw new AppError('badInput', `"${text}" is no size. Write width and height in pixels, for example 1024x768.`);
  }
  return { width: Number(width), height: Number(height) };
}
