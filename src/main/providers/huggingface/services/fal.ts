import { toDataUrl } from '../../encoded-bytes.ts';
import { lostAnswer, somethingElse, type Refusal } from '../../http-failures.ts';
import { ProviderError } from '../../provider.ts';
import { FalResult, FalStatus, FalSubmitted } from '../answers.ts';
import { explainRefusal } from '../explain-refusal.ts';
import { askAbout, mimeTypeOf, neutral, pathOf, readPaid, withFewerSteps, type Service } from './service.ts';

const queue = '_subdomain=queue';

function imagesOf({ image }: Parameters<Service['call']>[0]): Record<string, unknown> {
  if (!image) return {};
  const url = toDataUrl(image.bytes, mimeTypeOf(image));
  return { image_url: url, image_urls: [url] };
}

/** The body of a finished request is the model's answer: a refusal there is its end, unless it is about the asking. */
function explainResult(refusal: Refusal): ProviderError | null {
  const failure = explainRefusal(refusal);
  const { detail } = (refusal.json ?? {}) as { detail?: unknown };
  if (detail === undefined || [401, 402, 403, 429].includes(refusal.status)) return failure;
  const { code, message, providerText } =
    failure ?? new ProviderError('server', 'The model failed at fal.', { providerText: refusal.text.slice(0, 500) });
  return new ProviderError(code, message, { providerText, isFinal: true });
}

export const fal: Service = {
  tasks: ['text-to-image', 'image-to-image'],
  takes: ['size', 'seed', 'steps', 'guidance', 'negativePrompt'],

  call(given) {
    const wish = withFewerSteps(given, given.entry.providerId.includes('schnell') ? 12 : 50);
    const { entry, hubModel } = wish;
    const { width, height, ...rest } = neutral(wish);
    const isLora = entry.adapter === 'lora' && Boolean(entry.adapterWeightsPath);
    const path = `https://huggingface.co/${hubModel}/resolve/main/${entry.adapterWeightsPath ?? ''}`;
    return {
      // Exactly the name that the hub gave: any other path is not served.
      path: `/${entry.providerId}?${queue}`,
      body: {
        prompt: wish.prompt,
        ...rest,
        ...(width === undefined ? {} : { image_size: { width, height } }),
        ...imagesOf(wish),
        ...(isLora ? { loras: [{ path, scale: 1 }] } : {}),
        ...(isLora && entry.providerId === 'fal-ai/lora'
          ? { model_name: 'stabilityai/stable-diffusion-xl-base-1.0' }
          : {}),
      },
    };
  },

  read(answer, peer) {
    const { request_id: id, response_url: url } = readPaid(answer, FalSubmitted, peer);
    const path = pathOf(url);
    if (path === null) throw lostAnswer(peer, somethingElse(peer));
    return { state: 'working', id, path, progress: { fraction: null, stage: 'Waiting at fal', queuePosition: null } };
  },

  async ask(http, { remoteId, path }, options) {
    const standing = await askAbout(http, `/fal-ai${path}/status?${queue}`, FalStatus, options);
    if (standing === null) return { state: 'lost' };
    const { status, queue_position: position, error } = standing;
    if (status !== 'COMPLETED') {
      const isWaiting = status === 'IN_QUEUE';
      const queuePosition = isWaiting && typeof position === 'number' ? position + 1 : null;
      const stage = isWaiting ? 'Waiting at fal' : 'Drawing at fal';
      return { state: 'working', id: remoteId, path, progress: { fraction: null, stage, queuePosition } };
    }
    const result = await http.get(`/fal-ai${path}?${queue}`, FalResult, { ...options, explain: explainResult });
    if (result.has_nsfw_concepts?.[0] === true) {
      throw new ProviderError('content_policy', 'The service behind Hugging Face withheld the picture.', {
        isFinal: true,
        providerText: 'has_nsfw_concepts',
      });
    }
    const urls = [...(result.images ?? []), ...(result.image ? [result.image] : [])].map(({ url }) => url);
    if (urls.length === 0) {
      const providerText = typeof error === 'string' ? error : null;
      throw new ProviderError('server', 'fal finished without a picture.', { isFinal: true, providerText });
    }
    return { state: 'urls', urls: urls.slice(0, 1), seed: result.seed ?? null, id: remoteId };
  },
};
