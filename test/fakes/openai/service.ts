import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { engines, otherModels, outputTokens } from './engines.ts';
import { readEdit } from './read-edit.ts';
import { readFields, type Wanted } from './read-request.ts';
import { errorAnswer, refuse, refuseContent, Refused, requestId } from './refusals.ts';

const tokensPerInput = 1000;
const millionths = { textIn: 5, imageIn: 8, out: 30 };
const formats = { png: 'png', jpeg: 'jpg', webp: 'webp' } as const;
const created = 1_794_900_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function modelEntry(id: string): Record<string, unknown> {
  const isRetired = id === 'dall-e-3';
  return { id, object: 'model', created, owned_by: 'system', ...(isRetired ? { shutdown_date: '2026-05-12' } : {}) };
}

function createRoutes(kit: FakeKit): readonly FakeRoute[] {
  let made = 0;

  const draw = async (wanted: Wanted, inputs: string, imageCount: number): Promise<FakeAnswer> => {
    if (wanted.prompt.includes('forbidden')) refuseContent('input');
    await wait(kit.options.stepMs);
    if (wanted.prompt.includes('unsafe')) refuseContent('output');
    const { width, height, count, quality } = wanted;
    const data = await Promise.all(
      Array.from({ length: count }, async () => {
        made += 1;
        const text = `${wanted.prompt}\n${inputs}`;
        const bytes = await kit.picture({ width, height, text, seed: made, format: formats[wanted.format] });
        return { b64_json: bytes.toString('base64'), revised_prompt: `${wanted.prompt}, in fine detail` };
      }),
    );
    const textTokens = Math.ceil(wanted.prompt.length / 4);
    const imageTokens = imageCount * tokensPerInput;
    const out = count * outputTokens(quality, wanted);
    const usd = (textTokens * millionths.textIn + imageTokens * millionths.imageIn + out * millionths.out) / 1_000_000;
    const id = requestId();
    kit.charge({ id, usd, images: count, clientId: null });
    return {
      headers: { 'x-request-id': id },
      json: {
        created,
        background: 'opaque',
        output_format: wanted.format,
        quality,
        size: `${width}x${height}`,
        data,
        usage: {
          input_tokens: textTokens + imageTokens,
          output_tokens: out,
          total_tokens: textTokens + imageTokens + out,
          input_tokens_details: { text_tokens: textTokens, image_tokens: imageTokens },
        },
      },
    };
  };

  const orRefusal =
    (answer: (exchange: Exchange) => Promise<FakeAnswer>) =>
    async (exchange: Exchange): Promise<FakeAnswer> => {
      try {
        return await answer(exchange);
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        throw error;
      }
    };

  return [
    {
      method: 'POST',
      path: '/images/generations',
      kind: 'pay',
      answer: orRefusal((exchange) => {
        if (!(exchange.headers['content-type'] ?? '').startsWith('application/json')) refuse('', 'Send JSON.');
        return draw(readFields('generation', exchange.json()), '', 0);
      }),
    },
    {
      method: 'POST',
      path: '/images/edits',
      kind: 'pay',
      answer: orRefusal(async (exchange) => {
        const wanted = await readEdit(exchange);
        return draw(wanted, wanted.inputs, wanted.imageCount);
      }),
    },
    {
      method: 'GET',
      path: '/models',
      kind: 'free',
      answer: () => ({ json: { object: 'list', data: [...otherModels, ...Object.keys(engines)].map(modelEntry) } }),
    },
    {
      method: 'GET',
      path: '/models/:id',
      kind: 'free',
      answer: ({ params: { id = '' } }) =>
        engines[id]
          ? { json: modelEntry(id) }
          : errorAnswer(404, { message: `The model '${id}' does not exist`, code: 'model_not_found' }),
    },
  ];
}

/** OpenAI's Images API: answers with the pictures, keeps no task. */
export const fakeOpenai: FakeDefinition = {
  id: 'openai',
  basePath: '/v1',
  keys: { apiKey: 'sk-easel-test-key-openai-0123456789abcdef' },
  isAuthorized: ({ headers }, { apiKey }) => headers.authorization === `Bearer ${apiKey ?? ''}`,
  unauthorized: errorAnswer(401, {
    message: 'Incorrect API key provided: sk-eas****cdef. You can find your API key at https://platform.openai.com.',
    code: 'invalid_api_key',
  }),
  create: createRoutes,
};
