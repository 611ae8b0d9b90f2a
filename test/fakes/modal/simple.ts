import { z } from 'zod';
import type { FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';

const SimpleBody = z.strictObject({
  prompt: z.string().min(1),
  negative_prompt: z.string().optional(),
  width: z.int().default(1024),
  height: z.int().default(1024),
  steps: z.int().optional(),
  guidance: z.number().optional(),
  seed: z.int().optional(),
  num_images: z.int().min(1).max(1).default(1),
});

const forms: readonly (readonly [RegExp, (base64: string, url: () => string) => unknown])[] = [
  [/as images/, (base64) => ({ images: [`data:image/png;base64,${base64}`] })],
  [/as image_base64/, (base64) => ({ image_base64: base64 })],
  [/as image/, (base64) => ({ image: base64 })],
  [/as data/, (base64) => ({ data: base64 })],
  [/as url/, (_base64, url) => ({ url: url() })],
  [/as output/, (base64) => ({ output: `data:image/png;base64,${base64}` })],
  [/as text/, (base64) => base64],
  [/as nothing/, () => ({ ok: true })],
];

/** An app of one function at `/simple`: it takes a prompt and answers with a picture, later where the prompt says so. */
export function simpleRoutes(kit: FakeKit): FakeRoute[] {
  const later = new Map<string, { readonly answer: Promise<FakeAnswer>; hops: number }>();
  const seeOther = (id: string): FakeAnswer => ({
    status: 303,
    headers: { Location: `${kit.urlOf('/simple')}?__modal_function_call_id=${id}` },
  });

  const draw = async ({
    prompt,
    width,
    height,
    seed = 0,
    ...more
  }: z.infer<typeof SimpleBody>): Promise<FakeAnswer> => {
    const bytes = await kit.picture({ width, height, text: JSON.stringify([prompt, more]), seed });
    const form = forms.find(([word]) => word.test(prompt))?.[1];
    if (!form) return { bytes, type: 'image/png' };
    return { json: form(bytes.toString('base64'), () => kit.addFile(bytes, 'image/png')) };
  };

  return [
    {
      method: 'POST',
      path: '/simple',
      kind: 'pay',
      answer: async (exchange) => {
        const body = SimpleBody.safeParse(exchange.json());
        if (!body.success) {
          const [issue] = body.error.issues;
          const detail = [{ loc: ['body', ...(issue?.path ?? [])], msg: issue?.message, type: 'value_error' }];
          return { status: 422, json: { detail } };
        }
        const id = `fc-${kit.id()}`;
        kit.charge({ id, usd: null, images: 1, clientId: null });
        const answer = draw(body.data);
        if (!body.data.prompt.includes('slowly')) return answer;
        later.set(id, { answer, hops: 2 });
        return seeOther(id);
      },
    },
    {
      method: 'GET',
      path: '/simple',
      kind: 'poll',
      answer: ({ query }) => {
        const id = query.get('__modal_function_call_id') ?? '';
        const work = later.get(id);
        if (!work) return { status: 404, bytes: Buffer.from('modal-http: invalid function call'), type: 'text/plain' };
        work.hops -= 1;
        return work.hops > 0 ? seeOther(id) : work.answer;
      },
    },
  ];
}
