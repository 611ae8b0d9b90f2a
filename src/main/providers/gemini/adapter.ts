import { createHttp } from '../http.ts';
import { lostAnswer, somethingElse, type Peer } from '../http-failures.ts';
import { ProviderError, type ImageProvider, type ProviderPlace } from '../provider.ts';
import { Generated, ModelList } from './answers.ts';
import { buildBody, seedToSend } from './build-body.ts';
import { costOfPicture, costOfTokens } from './cost.ts';
import { explainRefusal } from './explain-refusal.ts';
import { listModels } from './list-models.ts';
import { manifest } from './manifest.ts';
import { partsOf } from './models.ts';
import { readResult } from './read-result.ts';

const healthTimeoutMs = 10_000;
/** Nothing comes before the picture is done, and a large one takes minutes. */
const answerTimeoutMs = 600_000;
/** A 4K picture in base64, with drafts of it beside. */
const largestJson = 250_000_000;

/** Belongs to each picture: nobody sees the mark, but programs find it. https://ai.google.dev/gemini-api/docs/image-generation */
const watermark = {
  parameter: 'watermark',
  note: 'Gemini marks its pictures with SynthID, which can not be seen, and with C2PA.',
} as const;

/** Google's image models over the Gemini API. Everything is finished when `submit` answers, so no task ever exists. */
export function createGemini({ url, credentials }: ProviderPlace): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: manifest.name,
    remedy: 'Check that this computer is online.',
    headers: { 'x-goog-api-key': credentials.apiKey ?? '' },
    connectTimeoutMs: 10_000,
    largestJson,
  });
  const peer: Peer = { name: manifest.name, address: http.address, remedy: '' };

  const submit: ImageProvider['submit'] = async (request, { signal }) => {
    const { engine, sizeClass } = partsOf(request.model.id);
    const body = await buildBody(request);
    const answer = await http.pay(`/v1beta/models/${encodeURIComponent(engine.id)}:generateContent`, body, Generated, {
      signal,
      headersTimeoutMs: answerTimeoutMs,
      explain: explainRefusal,
    });
    const { usageMetadata } = answer;
    const bytes = readResult(answer, costOfTokens(engine, usageMetadata, false));
    if (!bytes) throw lostAnswer(peer, somethingElse(peer));
    return {
      state: 'finished',
      images: [{ bytes, seed: seedToSend(request.seed) }],
      cost: costOfPicture(engine, usageMetadata, sizeClass),
      dropped: [watermark],
    };
  };

  return {
    manifest,
    submit,
    collect: () => Promise.resolve({ state: 'lost' }),
    listModels: (options) => listModels(http, options),
    checkHealth: async ({ signal }) => {
      const options = { signal, query: { pageSize: 1 }, timeoutMs: healthTimeoutMs, explain: explainRefusal };
      const { models } = await http.get('/v1beta/models', ModelList, options);
      if (!models) throw new ProviderError('server', `${manifest.name} lists no models at ${http.address}.`);
      return { version: null, message: 'Ready.' };
    },
    connections: () => http.connections(),
    close: () => http.close(),
  };
}
