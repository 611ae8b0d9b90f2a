import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute } from '../kit/fake-types.ts';
import { readBody, refuse, tooPoor, userId } from './answers.ts';
import { CanvasInitImage, InitImage, Upscale } from './body-shapes.ts';
import { openBooks, type LeonardoHabits } from './books.ts';
import { createGenerations } from './generations.ts';
import { createJobs } from './jobs.ts';
import { createTrainings } from './trainings.ts';
import { createUploads } from './uploads.ts';

function create(kit: FakeKit, habits: LeonardoHabits): readonly FakeRoute[] {
  const uploads = createUploads(kit);
  const books = openBooks(kit, uploads, habits);
  const { account, pay, isDone } = books;
  const jobs = createJobs(books);
  const trainings = createTrainings(books);
  const { generateFirst, generateSecond, film } = createGenerations(books, jobs, trainings.isTrained);
  const variations = new Map<string, { startedAt: number; url: string }>();

  const upscale = async (exchange: Exchange): Promise<FakeAnswer> => {
    const read = readBody(exchange, Upscale);
    if ('complaint' in read) return refuse(read.complaint, 'parse-failed');
    const { initImageId, upscaleMultiplier, upscalerStyle } = read.body;
    const input = uploads.picture(initImageId);
    if (!input) return refuse('init image not found');
    const size = {
      width: Math.round(input.width * upscaleMultiplier),
      height: Math.round(input.height * upscaleMultiplier),
    };
    if (size.width * size.height > 20_000_000) return refuse('the output is too large');
    const id = kit.id();
    if (!pay(id, 25, 1)) return tooPoor();
    const bytes = await kit.picture({ ...size, text: `${input.hash}${upscalerStyle}`, seed: 0, format: 'jpg' });
    variations.set(id, { startedAt: kit.now(), url: kit.addFile(bytes, 'image/jpeg') });
    return { json: { universalUpscaler: { id, apiCreditCost: 25, cost: { amount: '25', unit: 'CREDITS' } } } };
  };

  const canvas = (exchange: Exchange): FakeAnswer => {
    const read = readBody(exchange, CanvasInitImage);
    if ('complaint' in read) return refuse('Invalid file extension');
    const [init, mask] = [uploads.place(read.body.initExtension), uploads.place(read.body.maskExtension)];
    return {
      json: {
        uploadCanvasInitImage: {
          initImageId: init.id,
          initFields: init.fields,
          initKey: init.key,
          initUrl: init.url,
          maskImageId: mask.id,
          maskFields: mask.fields,
          maskKey: mask.key,
          maskUrl: mask.url,
        },
      },
    };
  };

  const list = ({ params, query }: Exchange): FakeAnswer => {
    if (params.userId !== userId) return { json: { generations: [] } };
    const offset = Number(query.get('offset') ?? 0);
    const date = new Date(kit.now() + (habits.clockAheadMs ?? 0)).toUTCString();
    // In the order in which they were begun: that the newest come first is not promised.
    return {
      headers: { Date: date },
      json: { generations: jobs.list().slice(offset, offset + Number(query.get('limit') ?? 10)) },
    };
  };

  const model = (id: string, name: string): object => ({
    id,
    name,
    description: name,
    featured: false,
    nsfw: false,
    generated_image: null,
  });

  return [
    uploads.route,
    ...trainings.routes,
    {
      method: 'POST',
      path: '/init-image',
      kind: 'free',
      answer: (exchange) => {
        const read = readBody(exchange, InitImage);
        if ('complaint' in read) return refuse('Invalid file extension');
        return { json: { uploadInitImage: uploads.place(read.body.extension) } };
      },
    },
    { method: 'POST', path: '/canvas-init-image', kind: 'free', answer: canvas },
    { method: 'POST', path: '/generations', kind: 'pay', answer: generateFirst },
    { method: 'POST', path: '/v2/generations', kind: 'pay', answer: generateSecond },
    { method: 'POST', path: '/generations-text-to-video', kind: 'pay', answer: (exchange) => film(exchange, false) },
    { method: 'POST', path: '/generations-image-to-video', kind: 'pay', answer: (exchange) => film(exchange, true) },
    {
      method: 'GET',
      path: '/generations/:id',
      kind: 'poll',
      answer: ({ params }) => {
        return { json: { generations_by_pk: jobs.describe(params.id ?? '') } };
      },
    },
    { method: 'GET', path: '/generations/user/:userId', kind: 'free', answer: list },
    { method: 'POST', path: '/variations/universal-upscaler', kind: 'pay', answer: upscale },
    {
      method: 'GET',
      path: '/variations/:id',
      kind: 'poll',
      answer: ({ params }) => {
        const id = params.id ?? '';
        const variation = variations.get(id);
        if (!variation) return { json: { generated_image_variation_generic: [] } };
        const done = isDone(variation.startedAt);
        const item = { id, status: done ? 'COMPLETE' : 'PENDING', transformType: 'UPSCALE' };
        return { json: { generated_image_variation_generic: [{ ...item, url: done ? variation.url : null }] } };
      },
    },
    {
      method: 'GET',
      path: '/me',
      kind: 'free',
      answer: () => ({
        json: {
          user_details: [
            {
              user: { id: userId, username: 'studio' },
              apiPaidTokens: account.credits,
              apiSubscriptionTokens: 500,
              apiConcurrencySlots: 10,
              paidTokens: 99,
              subscriptionTokens: 77,
              subscriptionGptTokens: 0,
              subscriptionModelTokens: 0,
              tokenRenewalDate: null,
            },
          ],
        },
      }),
    },
    {
      method: 'GET',
      path: '/platformModels',
      kind: 'free',
      answer: () => ({
        json: {
          custom_models: [
            model('7b592283-e8a7-4c5a-9ba6-d18c31f258b9', 'Lucid Origin'),
            model('1dd50843-d653-4516-a8e3-f0238ee453ff', 'Flux Schnell'),
            model('b2614463-296c-462a-9586-aafdb8f00e36', 'Flux Dev'),
            model('de7d3faf-762f-48e0-b3b7-9d0ac3a3fcf3', 'Leonardo Phoenix 1.0'),
            model('b24e16ff-06e3-43eb-8d33-4416c2d75876', 'Leonardo Lightning XL'),
            model('aa77f04e-3eec-4034-9c07-d0f619684628', 'Leonardo Kino XL'),
            model('cd90df12-1111-4222-8333-444455556666', 'Something whose parameters nobody knows'),
          ],
        },
      }),
    },
  ];
}

/** Leonardo's REST interfaces. The second one lies below the first, as it does wherever the address is not the usual one. */
export function makeFakeLeonardo(habits: LeonardoHabits = {}): FakeDefinition {
  return {
    id: 'leonardo',
    basePath: '/api/rest/v1',
    keys: { apiKey: '0e5e1a7e-51de-4c0d-9e57-0123456789ab' },
    isAuthorized: ({ headers }, keys) => headers.authorization === `Bearer ${keys.apiKey ?? ''}`,
    unauthorized: {
      status: 500,
      json: { error: 'Invalid response from authorization hook', path: '$', code: 'unexpected' },
    },
    create: (kit) => create(kit, habits),
  };
}

export const fakeLeonardo: FakeDefinition = makeFakeLeonardo();
