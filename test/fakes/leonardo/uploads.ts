import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';

export interface UploadedPicture {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
}

/** The storage for pictures, with forms that are signed for one file each. It is another host's, so it takes no key. */
export function createUploads(kit: FakeKit): {
  readonly place: (extension: string) => { id: string; key: string; url: string; fields: string };
  readonly picture: (id: string) => UploadedPicture | null;
  readonly route: FakeRoute;
} {
  const places = new Map<string, { readonly extension: string; picture: UploadedPicture | null }>();

  const take = async (id: string, form: FormData): Promise<FakeAnswer> => {
    const place = places.get(id);
    const names = [...form.keys()];
    const file = form.get('file');
    if (!place || form.get('key') !== `uploads/${id}` || form.get('Policy') !== `signed for ${id}`) {
      return { status: 403, bytes: Buffer.from('<Error><Code>AccessDenied</Code></Error>'), type: 'application/xml' };
    }
    if (!(file instanceof File) || names.at(-1) !== 'file') {
      return {
        status: 400,
        bytes: Buffer.from('<Error><Code>InvalidArgument</Code></Error>'),
        type: 'application/xml',
      };
    }
    const bytes = Buffer.from(await file.arrayBuffer());
    try {
      const { width, height, format } = await sharp(bytes).metadata();
      if (format !== place.extension.replace(/^jpg$/, 'jpeg')) return { status: 400, json: { error: 'wrong format' } };
      place.picture = { hash: createHash('sha256').update(bytes).digest('hex'), width, height };
    } catch {
      return { status: 400, json: { error: 'no picture' } };
    }
    return { status: 204 };
  };

  return {
    place: (extension) => {
      const id = kit.id();
      places.set(id, { extension, picture: null });
      const key = `uploads/${id}`;
      return { id, key, url: kit.urlOf(`/storage/${id}`), fields: JSON.stringify({ key, Policy: `signed for ${id}` }) };
    },
    picture: (id) => places.get(id)?.picture ?? null,
    route: {
      method: 'POST',
      path: '/storage/:id',
      kind: 'free',
      isPublic: true,
      answer: async (exchange) =>
        exchange.headers.authorization === undefined
          ? take(exchange.params.id ?? '', await exchange.form())
          : {
              status: 400,
              bytes: Buffer.from('<Error>Only one auth mechanism allowed</Error>'),
              type: 'application/xml',
            },
    },
  };
}
