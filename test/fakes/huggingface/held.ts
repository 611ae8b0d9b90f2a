import { z } from 'zod';
import type { Exchange, FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { charge, draw } from './draw.ts';
import { isMapped } from './hub.ts';

const side = z.int().min(256).max(1920).multipleOf(8);
const dataUrl = z.string().regex(/^data:image\/\w+;base64,/);
const neutral = {
  width: z.int().min(64).optional(),
  height: z.int().min(64).optional(),
  seed: z.int().optional(),
  num_inference_steps: z.int().optional(),
  guidance_scale: z.number().optional(),
  negative_prompt: z.string().optional(),
  scheduler: z.string().optional(),
};

const TogetherBody = z
  .strictObject({
    model: z.string(),
    prompt: z.string(),
    width: side.optional(),
    height: side.optional(),
    steps: z.int().min(1).max(50).optional(),
    seed: z.int().optional(),
    negative_prompt: z.string().optional(),
    guidance_scale: z.number().optional(),
    response_format: z.enum(['base64', 'url']).optional(),
    image_url: dataUrl.optional(),
    reference_images: z.array(dataUrl).optional(),
  })
  .refine((body) => (body.image_url === undefined) === !/kontext/i.test(body.model), 'image_url is for Kontext');
const PlainBody = z.strictObject({
  model: z.string(),
  prompt: z.string(),
  response_format: z.enum(['b64_json', 'url']).optional(),
});
const HfBody = z.strictObject({
  inputs: z.string(),
  parameters: z.strictObject({ ...neutral, prompt: z.string().optional() }).optional(),
});
const FluxInput = z.strictObject({
  prompt: z.string(),
  seed: z.int().optional(),
  num_inference_steps: z.int().min(1).max(50).optional(),
  guidance: z.number().min(0).max(10).optional(),
  lora_weights: z.string().optional(),
  aspect_ratio: z.enum('1:1 16:9 21:9 3:2 2:3 4:5 5:4 3:4 4:3 9:16 9:21'.split(' ')).optional(),
});
const OpenInput = z.strictObject({
  prompt: z.string(),
  ...neutral,
  lora_weights: z.string().optional(),
  image: dataUrl.optional(),
  images: z.array(dataUrl).optional(),
  input_image: dataUrl.optional(),
  input_images: z.array(dataUrl).optional(),
});
const PredictionBody = z.strictObject({ input: z.unknown(), version: z.string().optional() });

const envelope = (status: number, message: string): FakeAnswer => ({
  status,
  json: { id: 'oX9fJ2k', error: { message, type: 'invalid_request_error', param: null, code: null } },
});
const flagged = 'Invalid content detected. The generated content was flagged and rejected.';

/** The answer comes when the picture is there. */
async function hold(kit: FakeKit): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, kit.options.stepMs));
}

function likeOpenAi(
  kit: FakeKit,
  service: string,
  schema: z.ZodType<z.infer<typeof TogetherBody> | z.infer<typeof PlainBody>>,
): (exchange: Exchange) => Promise<FakeAnswer> {
  return async (exchange) => {
    const parsed = schema.safeParse(exchange.json());
    if (!parsed.success) return envelope(400, parsed.error.issues.map(({ message }) => message).join('; '));
    const body: Partial<z.infer<typeof TogetherBody>> = parsed.data as z.infer<typeof TogetherBody>;
    const { model = '', prompt = '', seed, width, height } = body;
    if (!isMapped(service, model)) return envelope(404, `Unable to access model ${model}`);
    if (prompt.includes('forbidden')) return envelope(400, flagged);
    if (prompt.includes('unsafe')) return envelope(422, 'image may contain NSFW content');
    charge(kit, kit.id());
    await hold(kit);
    if (prompt.includes('nothing')) return { json: { data: [] } };
    const image = body.image_url ?? body.reference_images?.[0];
    const bytes = await draw(kit, { service, prompt, seed, width, height, image });
    // Some answer with an address, whatever was asked for.
    if (prompt.includes('as link')) return { json: { data: [{ url: kit.addFile(bytes, 'image/jpeg') }] } };
    return { json: { data: [{ index: 0, b64_json: bytes.toString('base64') }] } };
  };
}

export function heldRoutes(kit: FakeKit): readonly FakeRoute[] {
  const loaded = new Set<string>();
  return [
    {
      method: 'POST',
      path: '/together/v1/images/generations',
      kind: 'pay',
      answer: likeOpenAi(kit, 'together', TogetherBody),
    },
    {
      method: 'POST',
      path: '/nscale/v1/images/generations',
      kind: 'pay',
      answer: likeOpenAi(kit, 'nscale', PlainBody),
    },
    {
      method: 'POST',
      path: '/deepinfra/v1/openai/images/generations',
      kind: 'pay',
      answer: likeOpenAi(kit, 'deepinfra', PlainBody),
    },
    {
      method: 'POST',
      path: '/hf-inference/models/:model*',
      kind: 'pay',
      answer: async (exchange) => {
        const model = exchange.params.model ?? '';
        if (!isMapped('hf-inference', model)) {
          return { status: 404, json: { error: `Model ${model} not supported by provider hf-inference` } };
        }
        const parsed = HfBody.safeParse(exchange.json());
        if (!parsed.success) return { status: 400, json: { error: parsed.error.message } };
        const { inputs, parameters: { prompt: words, seed, width, height } = {} } = parsed.data;
        const prompt = words ?? inputs;
        if (prompt.includes('cold start') && !loaded.has(model)) {
          loaded.add(model);
          return { status: 503, json: { error: `Model ${model} is currently loading`, estimated_time: 20 } };
        }
        if (/forbidden|unsafe/.test(prompt)) return { status: 400, json: { error: 'NSFW content detected' } };
        charge(kit, kit.id());
        await hold(kit);
        const image = words === undefined ? undefined : inputs;
        const bytes = await draw(kit, { service: 'hf-inference', prompt, seed, width, height, image });
        if (prompt.includes('as text')) return { json: { data: [{ b64_json: bytes.toString('base64') }] } };
        if (prompt.includes('as link')) return { json: { output: [kit.addFile(bytes, 'image/jpeg')] } };
        return { bytes, type: 'image/jpeg' };
      },
    },
  ];
}

export function replicateRoutes(kit: FakeKit): readonly FakeRoute[] {
  const predictions = new Map<string, { answer: () => Promise<object>; startedAt: number }>();

  const create = async (exchange: Exchange, model: string): Promise<FakeAnswer> => {
    const body = PredictionBody.safeParse(exchange.json());
    const isVersioned = model === '';
    const name = isVersioned ? `someone/sdxl:${body.data?.version ?? ''}` : model;
    if (!isMapped('replicate', name)) {
      return { status: 400, json: { error: `Model ${name} not supported by provider replicate` } };
    }
    const isFlux = /\/flux-(schnell|dev)(-lora)?$/.test(name);
    const input = (isFlux ? FluxInput : OpenInput).safeParse(body.data?.input);
    if (!body.success || !input.success) {
      const detail = `- input: ${input.error?.message ?? 'wrong'}\n`;
      return { status: 422, json: { title: 'Input validation failed', detail, status: 422 } };
    }
    const { prompt, seed, width, height, image } = input.data as z.infer<typeof OpenInput>;
    const id = kit.id();
    const logs = `Using seed: ${seed ?? 99}\n`;
    const of = (more: object): object => ({ id, model, logs, output: null, error: null, ...more });
    charge(kit, id);
    const answer = async (): Promise<object> => {
      if (prompt.includes('forbidden')) {
        return of({ status: 'failed', error: 'All generated images contained NSFW content.' });
      }
      if (prompt.includes('unsafe')) {
        return of({ status: 'failed', error: 'The input or output was flagged as sensitive. (E005)' });
      }
      if (prompt.includes('breaks down')) return of({ status: 'failed', error: 'E6716 start timed out' });
      if (prompt.includes('aborted')) return of({ status: 'aborted' });
      const bytes = await draw(kit, { service: 'replicate', prompt, seed, width, height, image });
      const url = kit.addFile(bytes, 'image/jpeg');
      return of({ status: 'succeeded', output: isFlux ? [url] : url });
    };
    predictions.set(id, { answer, startedAt: kit.now() });
    await hold(kit);
    // Waiting for it has an end; the prediction goes on.
    if (prompt.includes('slow')) return { status: 201, json: of({ status: 'starting' }) };
    return { status: 201, json: await answer() };
  };

  return [
    {
      method: 'POST',
      path: '/replicate/v1/models/:owner/:name/predictions',
      kind: 'pay',
      answer: (exchange) => create(exchange, `${exchange.params.owner ?? ''}/${exchange.params.name ?? ''}`),
    },
    { method: 'POST', path: '/replicate/v1/predictions', kind: 'pay', answer: (exchange) => create(exchange, '') },
    {
      method: 'GET',
      path: '/replicate/v1/predictions/:id',
      kind: 'poll',
      answer: async ({ params }) => {
        const prediction = predictions.get(params.id ?? '');
        if (!prediction) return { status: 404, json: { detail: 'The requested resource could not be found.' } };
        if (kit.fraction(prediction.startedAt, 4) < 1) {
          return { json: { id: params.id, status: 'processing', output: null, error: null, logs: '' } };
        }
        return { json: await prediction.answer() };
      },
    },
  ];
}
