import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model, ProviderManifest } from '../../../shared/models/provider.ts';
import { bytesOfBase64 } from '../encoded-bytes.ts';
import { fileKindOf } from '../file-kind.ts';
import { quoteOf } from '../http-failures.ts';
import type { Answer, Http } from '../http-types.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderRequest,
  type Submission,
} from '../provider.ts';
import { SimpleAnswer } from './answers.ts';
import { explainPaidRefusal, explainRefusal, type Explain } from './explain-refusal.ts';
import { manifest } from './manifest.ts';
import { hopTimeoutMs, locationOf } from './see-other.ts';

const model: Model = {
  id: 'app',
  name: 'Your app',
  family: 'other',
  tier: 'standard',
  operations: ['textToImage'],
  parameters: ['negativePrompt', 'size', 'seed', 'steps', 'guidance'],
  limits: { promptCharacters: longestPrompt, imagesPerRequest: 1, side: { min: 64, max: 4096, multipleOf: 8 } },
  defaults: { width: 1024, height: 1024 },
  choices: { samplers: [], schedulers: [], loras: [] },
  price: null,
  typicalSeconds: null,
};

const simpleManifest: ProviderManifest = {
  ...manifest,
  abilities: {
    cancel: false,
    listModels: false,
    watch: false,
    ownTaskIds: false,
    find: false,
    balance: false,
    train: false,
  },
  keepsTasksForHours: null,
  models: [model],
};

function bodyOf({ prompt, negativePrompt, width, height, steps, guidance, seed }: ProviderRequest) {
  return {
    prompt,
    ...(negativePrompt === '' ? {} : { negative_prompt: negativePrompt }),
    width,
    height,
    ...(steps === null ? {} : { steps }),
    ...(guidance === null ? {} : { guidance }),
    seed,
    num_images: 1,
  };
}

/** The bytes of a picture, or what stands for it in JSON: an address, a data URL, base64. */
function pictureOf(answer: Answer): Buffer | string {
  if (fileKindOf(answer.bytes) !== null) return answer.bytes;
  const parsed = SimpleAnswer.safeParse(answer.json()).data;
  const found = parsed && 'images' in parsed ? [...(parsed.images ?? [])] : [];
  const { image, image_base64, data, url, output } = { ...emptyAnswer, ...parsed };
  const text = [...found, image, image_base64, data, url, output].find(
    (each) => typeof each === 'string' && each !== '',
  );
  if (typeof text === 'string') return text;
  throw new ProviderError('invalid_request', 'Your Modal app answered, but there is no picture in what it says.', {
    providerText: quoteOf(answer.bytes.toString('utf8', 0, 1000)),
    isFinal: true,
  });
}

const emptyAnswer = { image: null, image_base64: null, data: null, url: null, output: null };

/**
 * An app of one function: it takes a prompt and answers with a picture, in one long request. Modal cuts that after 150 seconds
 * and names an address where the answer will be; before that there is nothing by which the work could be found again.
 */
export function createSimpleApp(http: Http, problem: ProviderError | null): ImageProvider {
  const finish = async (
    picture: Buffer | string,
    seed: number | null,
    options: CallOptions,
  ): Promise<Extract<Submission, { state: 'finished' }>> => {
    const isUrl = typeof picture === 'string' && /^https?:\/\//.test(picture);
    const bytes =
      typeof picture !== 'string'
        ? picture
        : isUrl
          ? await http.download(picture, options)
          : Buffer.from(bytesOfBase64(picture, 'Modal'));
    if (fileKindOf(bytes) !== null) return { state: 'finished', images: [{ bytes, seed }] };
    throw new ProviderError('invalid_request', 'Your Modal app answered with something that is no picture.', {
      isFinal: true,
    });
  };

  const pending = (location: string, seed: number | null): Submission => ({
    state: 'pending',
    task: { remoteId: new URL(location).searchParams.get('__modal_function_call_id') ?? location, location, seed },
    askAgainInMs: 0,
  });

  /** Asks, and comes back with an address instead where Modal names one. */
  const ask = async (
    explain: Explain,
    call: (explain: Explain) => Promise<Buffer | string>,
  ): Promise<{ picture: Buffer | string } | { location: string }> => {
    const seen: { location: string | null } = { location: null };
    try {
      const picture = await call((refusal) => {
        seen.location = locationOf(refusal, http.address);
        return seen.location === null ? explain(refusal) : new ProviderError('timeout', 'Modal still waits.');
      });
      return { picture };
    } catch (error) {
      if (seen.location === null) throw error;
      return { location: seen.location };
    }
  };

  return {
    manifest: simpleManifest,

    async submit(request, options): Promise<Submission> {
      if (problem) throw problem;
      const answer = await ask(explainPaidRefusal, (explain) =>
        http.pay('', bodyOf(request), pictureOf, { ...options, headersTimeoutMs: hopTimeoutMs, explain }),
      );
      if ('location' in answer) return pending(answer.location, request.seed);
      try {
        return await finish(answer.picture, request.seed, options);
      } catch (error) {
        const isLate = error instanceof ProviderError && !error.isFinal && error.code !== 'cancelled';
        if (!isLate || typeof answer.picture !== 'string') throw error;
        // Paid for and made: only its file could not be fetched yet.
        const task = { remoteId: request.attemptId, picture: answer.picture, seed: request.seed };
        return { state: 'pending', task, askAgainInMs: 1000 };
      }
    },

    async collect({ location, picture, seed: stored }, options): Promise<Submission> {
      const seed = typeof stored === 'number' ? stored : null;
      if (typeof picture === 'string') return finish(picture, seed, options);
      if (typeof location !== 'string') return { state: 'lost' };
      try {
        const answer = await ask(explainRefusal, (explain) =>
          http.get(location, pictureOf, { ...options, headersTimeoutMs: hopTimeoutMs, explain }),
        );
        return 'location' in answer ? pending(answer.location, seed) : await finish(answer.picture, seed, options);
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'task_lost') return { state: 'lost' };
        throw error;
      }
    },

    checkHealth() {
      if (problem) return Promise.reject(problem);
      return Promise.resolve({ version: null, message: 'Not asked: any request would start your app, and cost.' });
    },

    close: () => http.close(),
  };
}
