import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError, RateLimitError, toFile } from 'openai';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeInput } from '../comfyui/requests.ts';
import { useStand } from './stand.ts';

const start = useStand();

async function startSdk(apiKey?: string) {
  const { fake } = await start();
  const client = new OpenAI({ baseURL: fake.url, apiKey: apiKey ?? fake.keys.apiKey ?? '', maxRetries: 0 });
  return { fake, client };
}

const errorOf = async (call: Promise<unknown>): Promise<APIError> => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) return error;
  throw new Error('expected an APIError', { cause: error });
};

describe('the official SDK', () => {
  it('lists the models', async () => {
    const { client } = await startSdk();
    const ids = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toContain('gpt-image-2.6-flare');
    expect((await client.models.retrieve('gpt-image-2')).id).toBe('gpt-image-2');
  });

  it('generates pictures', async () => {
    const { client } = await startSdk();
    const answer = await client.images.generate({
      model: 'gpt-image-2.6-flare',
      prompt: 'a tin robot',
      n: 2,
      size: '1536x1024',
      quality: 'xhigh',
      output_format: 'webp',
    });
    expect(answer.data).toHaveLength(2);
    const picture = await sharp(Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64')).metadata();
    expect(picture.format).toBe('webp');
    expect(answer).toMatchObject({ size: '1536x1024', quality: 'xhigh', output_format: 'webp' });
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it('edits pictures with a mask', async () => {
    const { client, fake } = await startSdk();
    const mask = await sharp({ create: { width: 32, height: 32, channels: 4, background: '#0000' } })
      .png()
      .toBuffer();
    const [image, other] = await Promise.all(
      [1, 2].map((seed) => toFile(makeInput(32, 32, seed).bytes, `${seed}.png`, { type: 'image/png' })),
    );
    const answer = await client.images.edit({
      model: 'gpt-image-2.6-sunburst',
      prompt: 'a storm',
      image: [image!, other!],
      mask: await toFile(mask, 'mask.png', { type: 'image/png' }),
    });
    expect(answer.data).toHaveLength(1);
    expect(fake.charges).toHaveLength(1);
  });

  it('understands its refusals', async () => {
    const { client, fake } = await startSdk();
    const generate = (fields: Partial<OpenAI.ImageGenerateParamsNonStreaming>) =>
      errorOf(client.images.generate({ model: 'gpt-image-2', prompt: 'a boat', ...fields }));
    const blocked = await generate({ prompt: 'forbidden' });
    expect(blocked).toBeInstanceOf(BadRequestError);
    expect(blocked).toMatchObject({ code: 'moderation_blocked', type: 'image_generation_user_error' });
    expect(blocked.requestID).toMatch(/^req_/);
    expect(await generate({ steps: 20 } as object)).toMatchObject({ code: 'unknown_parameter', param: 'steps' });
    expect(await generate({ size: '1030x1030' })).toMatchObject({ status: 400, param: 'size' });
    expect(await generate({ model: 'dall-e-3' })).toBeInstanceOf(NotFoundError);
    const json = { error: { message: 'Slow down.', type: 'requests', param: null, code: 'rate_limit_exceeded' } };
    fake.addFault({ on: 'pay', kind: 'status', status: 429, json, times: 1 });
    expect(await generate({})).toBeInstanceOf(RateLimitError);
    expect(fake.charges).toEqual([]);
  });

  it('is refused with a wrong key', async () => {
    const { client } = await startSdk('sk-wrong');
    expect(await errorOf(Promise.resolve(client.models.list()))).toBeInstanceOf(AuthenticationError);
  });
});
