import Together from 'together-ai';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeInput } from '../comfyui/requests.ts';
import { useStand } from './stand.ts';

const start = useStand();

async function startSdk(apiKey?: string) {
  const { fake } = await start();
  return { fake, client: new Together({ baseURL: fake.url, apiKey: apiKey ?? fake.keys.apiKey ?? '', maxRetries: 0 }) };
}

const errorOf = async (call: Promise<unknown>): Promise<InstanceType<typeof Together.APIError>> => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Together.APIError) return error;
  throw new Error('expected an APIError', { cause: error });
};

const schnell = { model: 'black-forest-labs/FLUX.1-schnell', prompt: 'a tin robot' } as const;

describe('the official SDK', () => {
  it('lists the models', async () => {
    const { client } = await startSdk();
    const images = (await client.models.list()).filter(({ type }) => type === 'image');
    expect(images.map(({ id }) => id)).toContain('black-forest-labs/FLUX.2-dev');
  });

  it('gets pictures in the answer', async () => {
    const { client } = await startSdk();
    const answer = await client.images.generate({ ...schnell, n: 2, response_format: 'base64', output_format: 'png' });
    expect(answer.data).toHaveLength(2);
    expect((await sharp(Buffer.from(answer.data[0]!.b64_json, 'base64')).metadata()).format).toBe('png');
  });

  it('gets pictures at an address', async () => {
    const { client } = await startSdk();
    const answer = await client.images.generate({ ...schnell, response_format: 'url' });
    const picture = await fetch(answer.data[0]!.url);
    expect((await sharp(await picture.arrayBuffer()).metadata()).format).toBe('jpeg');
  });

  it('sends references and LoRAs', async () => {
    const { client, fake } = await startSdk();
    const reference = `data:image/png;base64,${Buffer.from(makeInput(32, 32).bytes).toString('base64')}`;
    await client.images.generate({
      model: 'black-forest-labs/FLUX.2-dev',
      prompt: 'a tin robot',
      reference_images: [reference],
      image_loras: [{ path: 'someone/ink-drawing', scale: 1 }],
    });
    expect(fake.charges).toHaveLength(1);
  });

  it('understands its refusals', async () => {
    const { client, fake } = await startSdk();
    expect(await errorOf(client.images.generate({ ...schnell, prompt: 'unsafe' }))).toMatchObject({ status: 422 });
    expect(await errorOf(client.images.generate({ ...schnell, steps: 99 }))).toMatchObject({ status: 400 });
    expect(await errorOf(client.images.generate({ ...schnell, model: 'nobody/nothing' }))).toBeInstanceOf(
      Together.NotFoundError,
    );
    expect(fake.charges).toEqual([]);
  });

  it('is refused with a wrong key', async () => {
    const { client } = await startSdk('wrong');
    expect(await errorOf(client.images.generate(schnell))).toBeInstanceOf(Together.AuthenticationError);
  });
});
