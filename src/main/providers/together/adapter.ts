import { withCommonImages } from '../as-png.ts';
import { bytesOfBase64 } from '../encoded-bytes.ts';
import { createHttp } from '../http.ts';
import { ProviderError, type ImageProvider, type ProviderRequest, type Submission } from '../provider.ts';
import type { ProviderPlace } from '../provider.ts';
import { ImagesAnswer, ModelList } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { manifest } from './manifest.ts';
import { describeOther, knownModels } from './models.ts';
import { requestBody } from './request-body.ts';

/** It is silent while it draws. */
const patienceMs = 120_000;
/** Two pictures of nine megapixels in base64. */
const largestJson = 120_000_000;
const healthTimeoutMs = 10_000;
/** Without a name, its gate answers 403. */
const userAgent = 'Easel';

/** Together AI's images. A picture comes in the answer or never: there is no task to ask about. */
export function createTogether({ url, credentials }: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'Together AI',
    remedy: 'Check that this computer is online, and status.together.ai.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}`, 'user-agent': userAgent },
    bodyTimeoutMs: patienceMs,
    largestJson,
  });

  const listAll = (signal: AbortSignal): Promise<ModelList> =>
    http.get('/models', ModelList, { signal, timeoutMs: healthTimeoutMs, explain: explainRefusal });

  return {
    manifest,

    async submit(given, { signal }) {
      const request = await withCommonImages(given);
      const { body, dropped } = requestBody(request);
      const options = { signal, headersTimeoutMs: patienceMs, explain: explainRefusal };
      const answer = await http.pay('/images/generations', body, ImagesAnswer, options);
      return resultsOf(answer, request, dropped);
    },

    collect: () => Promise.resolve({ state: 'lost' }),

    async checkHealth({ signal }) {
      await listAll(signal);
      return { version: null, message: 'Together AI accepts the key.' };
    },

    async listModels({ signal }) {
      const images = (await listAll(signal)).filter(({ type }) => type === 'image');
      const isKnown = (id: string): boolean => knownModels.some((model) => model.id === id);
      return [
        ...knownModels.filter(({ id }) => images.some((listed) => listed.id === id)),
        ...images.filter(({ id }) => !isKnown(id)).map(({ id, display_name: name }) => describeOther(id, name ?? null)),
      ];
    },

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

function resultsOf(
  { data }: ImagesAnswer,
  { count, seed, model }: ProviderRequest,
  notes: Extract<Submission, { state: 'finished' }>['dropped'] = [],
): Submission {
  const sorted = (data ?? []).toSorted((one, other) => (one.index ?? 0) - (other.index ?? 0));
  const images = sorted.map(({ b64_json, index }, at) => ({
    bytes: bytesOfBase64(b64_json, 'Together AI'),
    // Which seeds the further pictures have is told nowhere.
    seed: (index ?? at) === 0 && model.parameters.includes('seed') ? seed : null,
  }));
  if (images.length === 0) {
    throw new ProviderError('server', 'Together AI answered without a picture and without a reason.', {
      isFinal: true,
    });
  }
  const missing = { parameter: 'count', note: `Together AI sent ${images.length} of ${count} pictures.` };
  return {
    state: 'finished',
    images,
    dropped: images.length < count ? [...notes, missing] : notes,
  };
}
