import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { errorAnswer, readGeneration, Refused, type Generation } from './read-generation.ts';
import { engines } from './engines.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const unauthorized = errorAnswer(401, {
  message: 'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.',
  code: 'invalid_api_key',
});

/** What stands in front of the service refuses whoever does not say who they are. */
const blocked: FakeAnswer = { status: 403, bytes: Buffer.from('error code: 1010'), type: 'text/plain; charset=UTF-8' };

const isAuthorized = ({ headers }: Exchange, keys: Readonly<Record<string, string>>): boolean =>
  headers.authorization === `Bearer ${keys.apiKey ?? ''}`;

/** Checks that a picture is one, and stands for its content. */
async function digestOf(url: string): Promise<string> {
  const [, data] = /^data:image\/(?:png|jpeg|webp);base64,(.+)$/s.exec(url) ?? [];
  if (data === undefined) throw new Refused(errorAnswer(400, { message: `Invalid image URL: ${url.slice(0, 40)}` }));
  const bytes = Buffer.from(data, 'base64');
  await sharp(bytes)
    .stats()
    .catch(() => {
      throw new Refused(errorAnswer(400, { message: 'The image could not be decoded.' }));
    });
  return createHash('sha256').update(bytes).digest('hex');
}

function createRoutes(kit: FakeKit): readonly FakeRoute[] {
  const draw = async (wanted: Generation): Promise<FakeAnswer> => {
    if (wanted.prompt.includes('forbidden')) {
      const message =
        "Invalid content detected. The generated content was flagged and rejected by Black Forest Labs's content moderation system.";
      return errorAnswer(400, { message });
    }
    const inputs = await Promise.all([wanted.image_url ?? [], wanted.reference_images ?? []].flat().map(digestOf));
    await wait(kit.options.stepMs);
    if (wanted.prompt.includes('unsafe')) {
      return errorAnswer(422, { message: 'The generated image may contain NSFW content.' });
    }
    const { model, width, height, n } = wanted;
    const format = wanted.output_format === 'png' ? 'png' : 'jpg';
    const loras = (wanted.image_loras ?? []).map(({ path, scale }) => `${path} ${scale}`);
    const text = [wanted.prompt, wanted.negative_prompt ?? '', ...inputs, ...loras].join('\n');
    const first = wanted.seed ?? Math.floor(Math.random() * 1_000_000);
    const pictures = await Promise.all(
      Array.from({ length: n }, (_, at) => kit.picture({ width, height, text, seed: first + at, format })),
    );
    const data = pictures.map((bytes, index) =>
      wanted.response_format === 'base64'
        ? { index, b64_json: bytes.toString('base64'), type: 'b64_json', timings: { inference: 0.81 } }
        : { index, url: kit.addFile(bytes, `image/${format === 'jpg' ? 'jpeg' : 'png'}`), type: 'url' },
    );
    const { perMegapixel, defaultSteps } = engines[model] ?? {};
    const factor = defaultSteps === undefined ? 1 : (wanted.steps ?? defaultSteps) / defaultSteps;
    const usd = perMegapixel === undefined ? null : (n * width * height * perMegapixel * factor) / 1_000_000;
    const id = kit.id();
    kit.charge({ id, usd, images: n, clientId: null });
    return { json: { id, model, object: 'list', data } };
  };

  return [
    {
      method: 'POST',
      path: '/images/generations',
      kind: 'pay',
      isPublic: true,
      answer: async (exchange) => {
        if ((exchange.headers['user-agent'] ?? '') === '') return blocked;
        if (!isAuthorized(exchange, kit.options.keys)) return unauthorized;
        try {
          return await draw(readGeneration(exchange.json()));
        } catch (error) {
          if (error instanceof Refused) return error.answer;
          throw error;
        }
      },
    },
    {
      method: 'GET',
      path: '/models',
      kind: 'free',
      isPublic: true,
      answer: (exchange) => {
        if (!isAuthorized(exchange, kit.options.keys)) {
          return { status: 401, bytes: Buffer.from('Unauthorized'), type: 'text/plain' };
        }
        const entry = (id: string, type: string) => ({
          id,
          object: 'model',
          created: 0,
          type,
          display_name: id.slice(id.indexOf('/') + 1),
          organization: id.slice(0, id.indexOf('/')),
          link: '',
          license: '',
          pricing: { hourly: 0, input: 0, output: 0, base: 0, finetune: 0 },
        });
        return {
          json: [
            entry('meta-llama/Llama-3.3-70B-Instruct-Turbo', 'chat'),
            ...Object.keys(engines).map((id) => entry(id, 'image')),
            entry('BAAI/bge-large-en-v1.5', 'embedding'),
          ],
        };
      },
    },
  ];
}

/** Together AI's images: answers with the pictures, keeps no task. */
export const fakeTogether: FakeDefinition = {
  id: 'together',
  basePath: '/v1',
  keys: { apiKey: 'tgp_v1_easel-test-key-together-0123456789abcdef' },
  isAuthorized,
  unauthorized,
  create: createRoutes,
};
