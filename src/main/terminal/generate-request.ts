import { Option, type Command } from 'commander';
import { describeIssues } from '../../shared/describe-issues.ts';
import { AppError } from '../../shared/errors.ts';
import { GenerationRequest, OutputFormat, type Lora, type Operation } from '../../shared/models/generation-request.ts';
import type { App } from '../app.ts';
import { keepInput } from './keep-input.ts';
import { readNumber } from './read-number.ts';
import { addPromptOptions, readPromptWords, type PromptWords } from './prompt-options.ts';
import { addWishOptions, readWishes, wishOptionOf, type WishOptions } from './wish-options.ts';

/** What the command line says of a request, as it was typed. */
export interface RequestOptions extends WishOptions, PromptWords {
  readonly operation?: keyof typeof operationWords;
  readonly provider?: string;
  readonly model?: string;
  readonly size?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly steps?: string;
  readonly guidance?: string;
  readonly sampler?: string;
  readonly scheduler?: string;
  readonly negative?: string;
  readonly image?: string;
  readonly mask?: string;
  readonly strength?: string;
  readonly reference?: readonly string[];
  readonly lora?: readonly string[];
  readonly scale?: string;
  readonly seconds?: string;
  readonly format?: OutputFormat;
  readonly project?: string;
}

/** The operations as they are written here. */
const operationWords = {
  'text-to-image': 'textToImage',
  'image-to-image': 'imageToImage',
  inpaint: 'inpaint',
  upscale: 'upscale',
  'remove-background': 'removeBackground',
  video: 'video',
} as const satisfies Record<string, Operation>;

export function addRequestOptions(command: Command): void {
  const several = (value: string, before: readonly string[] = []): string[] => [...before, value];
  command
    .addOption(
      new Option('--operation <what>', 'What to do; told from the other options when it is left out').choices(
        Object.keys(operationWords),
      ),
    )
    .option('--provider <id>', 'Who makes it (easel providers lists them)')
    .option('--model <id>', 'With which model (easel models lists them)')
    .option('--size <WxH>', 'Pixels, for example 1024x768')
    .option('--count <n>', 'How many images')
    .option('--seed <n>', 'The same seed makes the same picture')
    .option('--steps <n>', 'Sampling steps')
    .option('--guidance <x>', 'How closely to follow the prompt')
    .option('--sampler <name>', 'Sampler')
    .option('--scheduler <name>', 'Scheduler')
    .option('--negative <text>', 'What the picture must not show')
    .option('--image <path>', 'Reference image')
    .option('--mask <path>', 'Mask for the reference: white is painted anew')
    .option('--strength <x>', 'How far to leave the reference, 0 to 1')
    .option('--reference <path>', 'A further picture to go by; may be given several times', several)
    .option(
      '--lora <name[:weight]>',
      'A LoRA, with weight 1 unless said otherwise; may be given several times',
      several,
    )
    .option('--scale <x>', 'How many times larger an upscaled picture becomes')
    .option('--seconds <n>', 'Length of a video')
    .addOption(new Option('--format <format>', 'File format').choices(OutputFormat.options))
    .option('--project <name>', 'Folder of the library that it belongs to');
  addPromptOptions(command);
  addWishOptions(command);
}

/** The request that the options ask for; its pictures are then in the library. Throws AppError. */
export async function readRequest(app: App, prompt: string, options: RequestOptions): Promise<GenerationRequest> {
  const size = readSize(options.size);
  const loras = options.lora?.map(readLora);
  const wishes = readWishes(app, options);
  const words = await readPromptWords(app, prompt, options);
  if (options.mask !== undefined && options.image === undefined) {
    throw new AppError('badInput', 'A mask belongs to an image: give --image as well.');
  }
  const [image, mask] = [await keepIfGiven(app, options.image), await keepIfGiven(app, options.mask)];
  const references: string[] = [];
  for (const path of options.reference ?? []) references.push(await keepInput(app, path));
  await app.providers.ensureFresh(options.provider);
  const parsed = GenerationRequest.safeParse({
    prompt: words.prompt,
    negativePrompt: options.negative ?? words.negativePrompt,
    promptOptions: words.promptOptions,
    ...size,
    count: readNumber('count', options.count),
    seed: readNumber('seed', options.seed),
    steps: readNumber('steps', options.steps),
    guidance: readNumber('guidance', options.guidance),
    sampler: options.sampler,
    scheduler: options.scheduler,
    strength: readNumber('strength', options.strength),
    loras,
    image,
    mask,
    references,
    style: words.style,
    outputFormat: options.format,
    scale: readNumber('scale', options.scale),
    seconds: readNumber('seconds', options.seconds),
    provider: options.provider,
    model: options.model,
    wishes,
    project: options.project,
    operation:
      options.operation === undefined
        ? operationOf(app, options.model, image !== undefined, mask !== undefined)
        : operationWords[options.operation],
  });
  if (parsed.success) return parsed.data;
  throw new AppError('badInput', `This can't be used: ${describeIssues(parsed.error.issues, optionOf)}.`);
}

const optionOfField: Readonly<Record<string, string>> = {
  width: 'size',
  height: 'size',
  negativePrompt: 'negative',
  loras: 'lora',
  references: 'reference',
  outputFormat: 'format',
  style: 'model-style',
  promptOptions: 'var',
};

/** The option that a field of the request comes from. */
function optionOf(field: string): string {
  const [name = field] = field.split('.');
  return `--${optionOfField[name] ?? wishOptionOf(field) ?? name}`;
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

/** A number behind the last colon is the weight: names may hold colons themselves. */
function readLora(text: string): Lora {
  const [, name, weight] = /^(.+):([+-]?(?:\d+\.?\d*|\.\d+))$/.exec(text) ?? [];
  if (name === undefined) return { name: text, weight: 1 };
  return { name, weight: Number(weight) };
}

function readSize(text: string | undefined): { width?: number; height?: number } {
  if (text === undefined) return {};
  const [, width, height] = /^(\d{1,5})[x×](\d{1,5})$/i.exec(text) ?? [];
  if (width === undefined || height === undefined) {
    throw new AppError('badInput', `"${text}" is no size. Write width and height in pixels, for example 1024x768.`);
  }
  return { width: Number(width), height: Number(height) };
}
