import type { Model } from '../../../shared/models/provider.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions } from '../provider.ts';
import { FileMetadata } from './answers.ts';
import { choicesAt } from './check-graph.ts';
import { describeGenerator, describeUpscaler, type Choices } from './describe-model.ts';
import { hasFluxFiles } from './flux-files.ts';
import { guessFamilyByMetadata, guessFamilyByName, mayBeFlux, type Family } from './guess-family.ts';
import type { ModelFile } from './model-ids.ts';
import type { NodeCatalogue } from './node-catalogue.ts';

const classNames = [
  'CheckpointLoaderSimple',
  'UNETLoader',
  'DualCLIPLoader',
  'VAELoader',
  'UpscaleModelLoader',
  'LoraLoader',
  'KSampler',
  'KSamplerSelect',
  'BasicScheduler',
];

/** The first model of the list is the one proposed. */
const familyOrder: readonly Model['family'][] = ['flux', 'sdxl', 'sd15', 'other'];

/** Looking into files costs the server a read each; beyond this the names must do. */
const mostLooks = 60;

/** Lists what a server can draw with. Names tell the family first, the files' metadata where they don't. */
export function createListModels(http: Http, catalogue: NodeCatalogue) {
  const familyByMetadata = new Map<string, Family>();

  const lookInto = async ({ folder, file }: ModelFile, options: CallOptions): Promise<Family> => {
    const key = `${folder}/${file}`;
    const known = familyByMetadata.get(key);
    if (known) return known;
    try {
      const metadata = await http.get(`/view_metadata/${folder}`, FileMetadata, {
        ...options,
        query: { filename: file },
        alsoAccept: [404],
      });
      const family = guessFamilyByMetadata(metadata);
      familyByMetadata.set(key, family);
      return family;
    } catch (error) {
      // A file the server can't read must not hide the others; a call that was stopped ends here.
      if (error instanceof ProviderError && error.code === 'cancelled') throw error;
      return 'other';
    }
  };

  const withFamilies = async (files: readonly ModelFile[], options: CallOptions) => {
    let looks = 0;
    return Promise.all(
      files.map(async (model) => {
        const guess = guessFamilyByName(model.file);
        if (guess !== 'other' || looks >= mostLooks) return { model, family: guess };
        looks += 1;
        return { model, family: await lookInto(model, options) };
      }),
    );
  };

  return async (options: CallOptions): Promise<readonly Model[]> => {
    const info = await catalogue.refresh(classNames, options);
    const loras = choicesAt(info, 'LoraLoader', 'lora_name');
    const whole: Choices = {
      samplers: choicesAt(info, 'KSampler', 'sampler_name'),
      schedulers: choicesAt(info, 'KSampler', 'scheduler'),
      loras,
    };
    const split: Choices = {
      samplers: choicesAt(info, 'KSamplerSelect', 'sampler_name'),
      schedulers: choicesAt(info, 'BasicScheduler', 'scheduler'),
      loras,
    };
    const filesOf = (folder: ModelFile['folder'], className: string, input: string): ModelFile[] =>
      choicesAt(info, className, input).map((file) => ({ folder, file }));
    const checkpoints = await withFamilies(filesOf('checkpoints', 'CheckpointLoaderSimple', 'ckpt_name'), options);
    const diffusion = filesOf('diffusion_models', 'UNETLoader', 'unet_name')
      .filter(({ file }) => mayBeFlux(file))
      .map((model) => describeGenerator(model, 'flux', split));
    const generators = checkpoints
      .map(({ model, family }) => describeGenerator(model, family, whole))
      .sort((left, right) => familyOrder.indexOf(left.family) - familyOrder.indexOf(right.family));
    // What can't be used yet stays in sight, so that trying it tells which files to add, but it isn't offered first.
    const isComplete = hasFluxFiles({
      textEncoders: choicesAt(info, 'DualCLIPLoader', 'clip_name1'),
      vaes: choicesAt(info, 'VAELoader', 'vae_name'),
    });
    return [
      ...(isComplete ? [...diffusion, ...generators] : [...generators, ...diffusion]),
      ...choicesAt(info, 'UpscaleModelLoader', 'model_name').map(describeUpscaler),
    ];
  };
}
