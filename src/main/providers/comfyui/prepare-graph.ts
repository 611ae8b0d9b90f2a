import { ProviderError, type CallOptions, type ProviderRequest } from '../provider.ts';
import type { ObjectInfo } from './answers.ts';
import { choicesAt, type Missing } from './check-graph.ts';
import { chooseFluxFiles } from './flux-files.ts';
import type { Graph } from './graph.ts';
import { buildGraph } from './graphs.ts';
import { parseModelId } from './model-ids.ts';
import type { NodeCatalogue } from './node-catalogue.ts';
import { resolveLoras, takeLoraTags } from './prompt-loras.ts';

/** A request with everything looked up that its graph needs, except the names of its pictures on the server. */
export interface PreparedGraph {
  /** What the request names and the server doesn't have, beyond what the graph itself shows. */
  readonly missing: readonly Missing[];
  build(uploads: { readonly image: string | null; readonly mask: string | null }): Graph;
}

/** Throws ProviderError where the request names something that no graph can hold. */
export async function prepareGraph(
  request: ProviderRequest,
  catalogue: NodeCatalogue,
  options: CallOptions,
): Promise<PreparedGraph> {
  const model = parseModelId(request.model.id);
  if (!model)
    throw new ProviderError('invalid_request', `ComfyUI has no model "${request.model.id}". Choose another model.`);
  if (request.operation !== 'textToImage' && !request.image) {
    throw new ProviderError('invalid_request', 'This needs an image to begin with. Add one, then try again.');
  }
  if (request.operation === 'inpaint' && !request.mask) {
    throw new ProviderError('invalid_request', 'Inpainting needs a mask. Paint over what is to be drawn anew.');
  }
  const positive = takeLoraTags(request.prompt);
  const negative = takeLoraTags(request.negativePrompt);
  const { loras, unknown } = await findLoras(request, positive.loras, catalogue, options);
  const fluxFiles = model.folder === 'diffusion_models' ? await findFluxFiles(model.file, catalogue, options) : null;
  return {
    missing: unknown.map((file): Missing => ({ kind: 'file', folder: 'loras', file })),
    build: ({ image, mask }) =>
      buildGraph(request, {
        model,
        prompt: positive.text,
        negativePrompt: negative.text,
        loras,
        image: request.operation === 'textToImage' ? null : image,
        mask: request.operation === 'inpaint' ? mask : null,
        fluxFiles,
      }),
  };
}

async function findLoras(
  request: ProviderRequest,
  tagged: ReturnType<typeof takeLoraTags>['loras'],
  catalogue: NodeCatalogue,
  options: CallOptions,
) {
  if (request.operation === 'upscale' || (request.loras.length === 0 && tagged.length === 0)) {
    return { loras: [], unknown: [] };
  }
  const resolve = (info: ObjectInfo) => resolveLoras(request.loras, tagged, choicesAt(info, 'LoraLoader', 'lora_name'));
  const known = resolve(await catalogue.read(['LoraLoader'], options));
  return known.unknown.length === 0 ? known : resolve(await catalogue.refresh(['LoraLoader'], options));
}

async function findFluxFiles(file: string, catalogue: NodeCatalogue, options: CallOptions) {
  const info = await catalogue.read(['DualCLIPLoader', 'VAELoader'], options);
  return chooseFluxFiles(file, {
    textEncoders: choicesAt(info, 'DualCLIPLoader', 'clip_name1'),
    vaes: choicesAt(info, 'VAELoader', 'vae_name'),
  });
}
