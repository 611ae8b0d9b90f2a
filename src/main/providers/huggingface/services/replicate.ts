import { toDataUrl } from '../../encoded-bytes.ts';
import { quoteOf } from '../../http-failures.ts';
import { ProviderError } from '../../provider.ts';
import { Prediction } from '../answers.ts';
import { isRefusedContent } from '../explain-refusal.ts';
import {
  askAbout,
  mimeTypeOf,
  neutral,
  readPaid,
  withFewerSteps,
  type Outcome,
  type Service,
  type Wish,
} from './service.ts';

/** The shapes of the FLUX.1 models there, which take no pixels. */
const shapes: Readonly<Record<string, readonly [width: number, height: number]>> = {
  '1:1': [1024, 1024],
  '16:9': [1344, 768],
  '21:9': [1536, 640],
  '3:2': [1216, 832],
  '2:3': [832, 1216],
  '4:5': [896, 1088],
  '5:4': [1088, 896],
  '3:4': [896, 1152],
  '4:3': [1152, 896],
  '9:16': [768, 1344],
  '9:21': [640, 1536],
};

function shapeFor({ size, drop }: Wish): Record<string, unknown> {
  if (!size) return {};
  const distance = (name: string): number => {
    const [across = 1, down = 1] = name.split(':').map(Number);
    return Math.abs(Math.log((across / down) * (size.height / size.width)));
  };
  const [best] = Object.entries(shapes).sort(([one], [other]) => distance(one) - distance(other));
  if (!best) return {};
  const [name, [width, height]] = best;
  if (width !== size.width || height !== size.height) {
    drop('size', `The service that runs this model knows shapes only; the nearest is ${width}×${height}.`);
  }
  return { aspect_ratio: name };
}

function inputOf(given: Wish): Record<string, unknown> {
  const { providerId } = given.entry;
  if (!/\/flux-(schnell|dev)(-lora)?$/.test(providerId)) return neutral(given);
  const wish = withFewerSteps(given, providerId.includes('schnell') ? 4 : 50);
  const { guidance_scale: guidance, ...rest } = neutral({ ...wish, size: null });
  return { ...rest, ...shapeFor(wish), ...(guidance === undefined ? {} : { guidance }) };
}

function outcomeOf({ id, status, output, error, logs }: Prediction): Outcome {
  switch (status) {
    case 'succeeded': {
      const urls = typeof output === 'string' ? [output] : (output ?? []);
      if (urls.length === 0) {
        throw isRefusedContent(logs)
          ? new ProviderError('content_policy', 'Replicate withheld the picture.', { isFinal: true })
          : new ProviderError('server', 'Replicate finished without a picture.', { isFinal: true });
      }
      const seed = /Using seed:\s*(\d+)/.exec(logs ?? '')?.[1];
      const told = seed === undefined ? null : Number(seed);
      return { state: 'urls', urls: urls.slice(0, 1), seed: Number.isSafeInteger(told) ? told : null, id };
    }
    case 'failed': {
      const more = { isFinal: true, providerText: quoteOf(error ?? '') };
      throw isRefusedContent(error)
        ? new ProviderError('content_policy', 'Replicate refused the content.', more)
        : new ProviderError('server', `Replicate failed: ${error ?? 'it gave no reason'}`, more);
    }
    case 'canceled':
    case 'aborted':
      throw new ProviderError('cancelled', 'It was stopped at Replicate.', { isFinal: true });
    default: {
      const stage = status === 'starting' ? 'Starting at Replicate' : 'Drawing at Replicate';
      return {
        state: 'working',
        id,
        path: `/v1/predictions/${id}`,
        progress: { fraction: null, stage, queuePosition: null },
      };
    }
  }
}

export const replicate: Service = {
  tasks: ['text-to-image', 'image-to-image'],
  takes: ['size', 'seed', 'steps', 'guidance', 'negativePrompt'],

  call(wish) {
    const { entry, hubModel, image, prompt } = wish;
    const [model = '', version] = entry.providerId.split(':');
    const url = image ? toDataUrl(image.bytes, mimeTypeOf(image)) : null;
    // Its models call their picture by four names; each takes the one it knows.
    const images = url === null ? {} : { image: url, images: [url], input_image: url, input_images: [url] };
    const isLora = entry.adapter === 'lora' && Boolean(entry.adapterWeightsPath);
    const lora = isLora ? { lora_weights: `https://huggingface.co/${hubModel}` } : {};
    return {
      path: version === undefined ? `/v1/models/${model}/predictions` : '/v1/predictions',
      headers: { prefer: 'wait' },
      body: {
        input: { prompt, ...inputOf(wish), ...images, ...lora },
        ...(version === undefined ? {} : { version }),
      },
    };
  },

  read: (answer, peer) => outcomeOf(readPaid(answer, Prediction, peer)),

  async ask(http, { path }, options) {
    const prediction = await askAbout(http, `/replicate${path}`, Prediction, options);
    if (prediction) return outcomeOf(prediction);
    // Whether the router passes questions on is not sure, so this does not mean that there is no such prediction.
    throw new ProviderError(
      'unknown_outcome',
      'Replicate was still drawing when Hugging Face stopped waiting, and can not be asked. This may have been charged.',
      { isFinal: true },
    );
  },
};
