import { ApiError, BlockedReason, FinishReason, GoogleGenAI, type GenerateContentConfig } from '@google/genai';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { buildBody } from '../../../src/main/providers/gemini/build-body.ts';
import { makeInput, makeRequest, never } from '../comfyui/requests.ts';
import { model, sentBody, startGemini } from './stand.ts';

// Its own choice of version is `v1`; image models are documented for `v1beta`.
const client = ({ url, keys }: Fake, apiKey = keys.apiKey ?? '') =>
  new GoogleGenAI({ apiKey, apiVersion: 'v1beta', httpOptions: { baseUrl: url, retryOptions: { attempts: 1 } } });

const config: GenerateContentConfig = {
  responseModalities: ['TEXT', 'IMAGE'],
  imageConfig: { aspectRatio: '16:9', imageSize: '2K' },
  seed: 5,
};

it('the official SDK understands a picture of the stand-in', async () => {
  const { fake } = await startGemini();
  const answer = await client(fake).models.generateContent({
    model: 'gemini-nano-banana-2.1',
    contents: [
      { text: 'a lighthouse' },
      { inlineData: { mimeType: 'image/png', data: toText(makeInput(64, 64).bytes) } },
    ],
    config,
  });
  expect(answer.candidates?.[0]?.finishReason).toBe(FinishReason.STOP);
  expect(answer.usageMetadata?.candidatesTokensDetails).toEqual([{ modality: 'IMAGE', tokenCount: 1680 }]);
  const picture = answer.candidates?.[0]?.content?.parts?.find(({ thought, inlineData }) => !thought && inlineData);
  const bytes = Buffer.from(picture?.inlineData?.data ?? '', 'base64');
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 256 });
});

it('the official SDK understands its blocks, its refusals and its list of models', async () => {
  const { fake } = await startGemini();
  const { models } = client(fake);
  const ask = (contents: string) => models.generateContent({ model: 'gemini-nano-banana-2.1', contents, config });
  expect((await ask('something forbidden')).promptFeedback?.blockReason).toBe(BlockedReason.PROHIBITED_CONTENT);
  expect((await ask('something unsafe')).candidates?.[0]?.finishReason).toBe(FinishReason.IMAGE_SAFETY);
  const refused: unknown = await client(fake, 'wrong')
    .models.list()
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(refused).toMatchObject({ status: 400, message: expect.stringContaining('API_KEY_INVALID') });
  const names: (string | undefined)[] = [];
  for await (const { name } of await models.list()) names.push(name);
  expect(names).toContain('models/gemini-3-pro-image');
  expect(names).toHaveLength(7);
});

it('the official SDK sends for the same wish what the adapter sends', async () => {
  const { fake, provider } = await startGemini();
  const image = makeInput(64, 64);
  const request = makeRequest(model('gemini-nano-banana-2.1@2k'), {
    operation: 'imageToImage',
    image,
    width: 2752,
    height: 1536,
    seed: 5,
  });
  await provider.submit(request, { signal: never() });
  const own = sentBody(fake);
  expect(own).toEqual(await buildBody(request));
  await client(fake).models.generateContent({
    model: 'gemini-nano-banana-2.1',
    contents: [{ inlineData: { mimeType: 'image/png', data: toText(image.bytes) } }, { text: request.prompt }],
    config: { ...config, responseModalities: ['IMAGE'] },
  });
  expect(sentBody(fake)).toEqual(own);
  const [one, other] = fake.requests;
  expect(one?.path).toBe(other?.path);
  expect(one?.headers['x-goog-api-key']).toBe(other?.headers['x-goog-api-key']);
});

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
