import { bytesOfBase64, toBase64, toDataUrl } from '../../encoded-bytes.ts';
import { fileKindOf } from '../../file-kind.ts';
import { lostAnswer, somethingElse, type Peer } from '../../http-failures.ts';
import type { Answer } from '../../http-types.ts';
import { ProviderError } from '../../provider.ts';
import { Pictures } from '../answers.ts';
import { wordsOf } from '../explain-refusal.ts';
import { mimeTypeOf, neutral, readPaid, withFewerSteps, type Outcome, type Service } from './service.ts';

/** The answer of a service that holds the connection until it is done. */
function readPictures(answer: Answer, peer: Peer): Outcome {
  const answered = readPaid(answer, Pictures, peer);
  const [first] = answered.data ?? [];
  if (first?.b64_json) return { state: 'bytes', bytes: bytesOfBase64(first.b64_json, peer.name) };
  const url = first?.url ?? answered.output?.[0];
  if (url) return { state: 'urls', urls: [url], seed: null, id: answer.header('x-request-id') ?? 'no id' };
  if (answered.data ?? answered.output) {
    throw new ProviderError('server', 'The service behind Hugging Face finished without a picture.', {
      isFinal: true,
    });
  }
  const said = answered.error === undefined ? null : wordsOf(answered, '');
  if (said !== null) {
    throw new ProviderError('server', `The service behind Hugging Face failed: ${said}`, { isFinal: true });
  }
  throw lostAnswer(peer, somethingElse(peer));
}

/** Hugging Face's own machines: the picture's bytes are the answer. */
export const hfInference: Service = {
  tasks: ['text-to-image', 'image-to-image'],
  takes: ['size', 'seed', 'steps', 'guidance', 'negativePrompt'],
  call(wish) {
    const { image, prompt, hubModel } = wish;
    const parameters = neutral(wish);
    return {
      path: `/models/${hubModel}`,
      body: image
        ? { inputs: toBase64(image.bytes), parameters: { prompt, ...parameters } }
        : { inputs: prompt, parameters },
    };
  },
  read: (answer, peer) =>
    fileKindOf(answer.bytes) === null ? readPictures(answer, peer) : { state: 'bytes', bytes: answer.bytes },
};

export const together: Service = {
  tasks: ['text-to-image', 'image-to-image'],
  takes: ['size', 'seed', 'steps', 'guidance', 'negativePrompt'],
  call(given) {
    const wish = withFewerSteps(given, 50);
    const { image, prompt, entry } = wish;
    const { num_inference_steps: steps, ...rest } = neutral(wish);
    const url = image ? toDataUrl(image.bytes, mimeTypeOf(image)) : null;
    const images = /kontext/i.test(entry.providerId) ? { image_url: url } : { reference_images: [url] };
    return {
      path: '/v1/images/generations',
      body: {
        model: entry.providerId,
        prompt,
        ...rest,
        ...(steps === undefined ? {} : { steps }),
        ...(url === null ? {} : images),
        // Its word for what it then calls b64_json: nothing to fetch, nothing that ends.
        response_format: 'base64',
      },
    };
  },
  read: readPictures,
};

function promptOnly(path: string): Service {
  return {
    tasks: ['text-to-image'],
    takes: [],
    call: ({ entry, prompt }) => ({
      path,
      body: { model: entry.providerId, prompt, response_format: 'b64_json' },
    }),
    read: readPictures,
  };
}

export const nscale = promptOnly('/v1/images/generations');
export const deepinfra = promptOnly('/v1/openai/images/generations');
