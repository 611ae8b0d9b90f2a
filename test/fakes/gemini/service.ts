import { createHash, randomInt } from 'node:crypto';
import sharp from 'sharp';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit } from '../kit/fake-types.ts';
import { listedModels, models, pixelsOf, ratiosOf, tokensOf, type FakeModel } from './models.ts';
import { RequestBody } from './request-body.ts';

const largestBody = 20_000_000;
/** US dollars for a token of input. */
const usdPerInputToken = 1.5e-6;

const refusal = (status: number, word: string, message: string, details: readonly unknown[] = []): FakeAnswer => ({
  status,
  json: { error: { code: status, message, status: word, ...(details.length > 0 ? { details } : {}) } },
});
const invalid = (message: string): FakeAnswer => refusal(400, 'INVALID_ARGUMENT', message);
const noSuchModel = (id: string): FakeAnswer =>
  refusal(404, 'NOT_FOUND', `models/${id} is not found for API version v1beta, or is not supported.`);

/** The Gemini API's generateContent for image models. */
export const fakeGemini: FakeDefinition = {
  id: 'gemini',
  basePath: '',
  keys: { apiKey: 'AIzaSy-easel-test-key-gemini-0123456789' },
  isAuthorized: ({ headers, query }, keys) => (headers['x-goog-api-key'] ?? query.get('key')) === keys.apiKey,
  unauthorized: refusal(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
  ]),
  create: (kit) => [
    {
      method: 'POST',
      path: '/v1beta/models/:call',
      kind: 'pay',
      answer: (exchange) => generate(exchange, kit),
    },
    { method: 'GET', path: '/v1beta/models', kind: 'free', answer: ({ query }) => page(query) },
    {
      method: 'GET',
      path: '/v1beta/models/:id',
      kind: 'free',
      answer: ({ params: { id = '' } }) => {
        const model = listedModels.find(({ name }) => name === `models/${id}`);
        return model ? { json: model } : noSuchModel(id);
      },
    },
  ],
};

/** At most four a page, so that pages have to be turned. */
function page(query: URLSearchParams): FakeAnswer {
  const size = Math.min(4, Number(query.get('pageSize') ?? 4));
  const from = Number(query.get('pageToken') ?? 0);
  const next = from + size;
  const more = next < listedModels.length ? { nextPageToken: String(next) } : {};
  return { json: { models: listedModels.slice(from, next), ...more } };
}

interface Wish {
  readonly model: FakeModel;
  readonly text: string;
  readonly pictures: readonly Buffer[];
  readonly ratio: string;
  readonly sizeName: string;
  readonly seed: number;
}

async function generate(exchange: Exchange, kit: FakeKit): Promise<FakeAnswer> {
  const read = await readWish(exchange);
  if ('refusal' in read) return read.refusal;
  const { wish } = read;
  const { model, text, pictures } = wish;
  const responseId = kit.id();
  const promptTokenCount = Math.ceil(text.length / 4) + 258 * pictures.length;
  const common = { modelVersion: model.id, responseId };
  const inputOnly = { promptTokenCount, totalTokenCount: promptTokenCount };
  const inputUsd = promptTokenCount * usdPerInputToken;
  if (text.includes('forbidden')) {
    return { json: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: inputOnly, ...common } };
  }
  const without = (candidate: Readonly<Record<string, unknown>>): FakeAnswer => {
    kit.charge({ id: responseId, usd: inputUsd, images: 0, clientId: null });
    return { json: { candidates: [{ ...candidate, index: 0 }], usageMetadata: inputOnly, ...common } };
  };
  if (text.includes('unsafe')) {
    return without({
      content: { role: 'model', parts: [{ thought: true, text: 'Considering the request.' }] },
      finishReason: 'IMAGE_SAFETY',
      finishMessage: 'Unable to show the generated image.',
    });
  }
  if (text.includes('in words')) {
    return without({ content: { role: 'model', parts: [{ text: 'A lighthouse is a tower.' }] }, finishReason: 'STOP' });
  }
  kit.charge({ id: responseId, usd: model.usd(wish.sizeName) + inputUsd, images: 1, clientId: null });
  return { json: { ...(await drawn(wish, kit, promptTokenCount)), ...common } };
}

async function drawn(wish: Wish, kit: FakeKit, promptTokenCount: number): Promise<Record<string, unknown>> {
  const hashes = wish.pictures.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const text = [wish.text, ...hashes].join('\n');
  const size = pixelsOf(wish.ratio, wish.sizeName);
  const bytes = await kit.picture({ ...size, text, seed: wish.seed, format: 'jpg' });
  const draft = await kit.picture({ width: 32, height: 32, text: 'a draft', seed: 0 });
  const imageTokens = tokensOf(wish.sizeName);
  return {
    candidates: [
      {
        content: {
          role: 'model',
          parts: [
            { thought: true, text: 'A draft first.' },
            { thought: true, inlineData: { mimeType: 'image/png', data: draft.toString('base64') } },
            {
              inlineData: { mimeType: 'image/jpeg', data: bytes.toString('base64') },
              thoughtSignature: 'c2lnbmF0dXJl',
            },
            { thought: true, inlineData: { mimeType: 'image/png', data: draft.toString('base64') } },
          ],
        },
        finishReason: 'STOP',
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount,
      candidatesTokenCount: imageTokens,
      thoughtsTokenCount: 100,
      totalTokenCount: promptTokenCount + imageTokens + 100,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: imageTokens }],
    },
  };
}

/** The request, checked against the model's own limits, or the refusal. */
async function readWish(exchange: Exchange): Promise<{ wish: Wish } | { refusal: FakeAnswer }> {
  const [id = '', verb] = (exchange.params.call ?? '').split(':');
  const model = models.find((known) => known.id === id);
  if (!model || verb !== 'generateContent') return { refusal: noSuchModel(id) };
  if (exchange.body.length > largestBody)
    return { refusal: invalid('Request payload size exceeds the limit: 20971520 bytes.') };
  const parsed = RequestBody.safeParse(exchange.json());
  if (!parsed.success) return { refusal: invalid(`Invalid JSON payload received. ${parsed.error.message}`) };
  const { contents, generationConfig } = parsed.data;
  const { imageConfig, responseModalities } = generationConfig ?? {};
  if (!responseModalities?.includes('IMAGE')) return { refusal: invalid('responseModalities: IMAGE is missing.') };
  const { aspectRatio = '1:1', imageSize } = imageConfig ?? {};
  if (!ratiosOf(model).includes(aspectRatio))
    return { refusal: invalid(`aspectRatio: ${aspectRatio} is not supported.`) };
  if (imageSize !== undefined && (!model.takesSize || !model.sizes.includes(imageSize))) {
    return { refusal: invalid(`imageSize: ${imageSize} is not supported by ${model.id}.`) };
  }
  const parts = contents.flatMap((content) => content.parts);
  const pictures = parts.flatMap((part) => ('inlineData' in part ? [part.inlineData] : []));
  if (pictures.length > model.inputs) return { refusal: invalid(`At most ${model.inputs} images.`) };
  const bytes = pictures.map(({ data }) => Buffer.from(data, 'base64'));
  for (const [at, picture] of bytes.entries()) {
    const format = await sharp(picture)
      .metadata()
      .then(
        (found) => `image/${found.format}`,
        () => null,
      );
    if (format !== pictures[at]?.mimeType) return { refusal: invalid('Unable to process input image.') };
  }
  const text = parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
  const seed = generationConfig?.seed ?? randomInt(2 ** 31 - 1);
  return { wish: { model, text, pictures: bytes, ratio: aspectRatio, sizeName: imageSize ?? '1K', seed } };
}
