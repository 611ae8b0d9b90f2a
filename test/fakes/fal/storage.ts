import { z } from 'zod';
import type { FakeAnswer, FakeKit, FakeRoute } from '../kit/fake-types.ts';

/** What was uploaded, by the address that was promised for it. */
export interface Storage {
  readonly routes: readonly FakeRoute[];
  read(url: string): Buffer | null;
}

interface Kept {
  readonly fileUrl: string;
  readonly contentType: string;
  readonly parts: Map<number, Buffer>;
  bytes: Buffer | null;
}

const wish = z.strictObject({ content_type: z.string().min(1), file_name: z.string().min(1) });
const partList = z.strictObject({
  parts: z.array(z.strictObject({ partNumber: z.int().positive(), etag: z.string() })).min(1),
});

/** `rest.fal.ai` and the place where its uploads go, which wants no key and refuses one. */
export function createStorage(kit: FakeKit): Storage {
  const files = new Map<string, Kept>();

  const initiate =
    (isMultipart: boolean): FakeRoute['answer'] =>
    (exchange) => {
      if (exchange.query.get('storage_type') !== 'fal-cdn-v3') {
        return { status: 400, json: { detail: 'unknown storage type' } };
      }
      const asked = wish.safeParse(exchange.json());
      if (!asked.success) return { status: 422, json: { detail: asked.error.message } };
      const id = kit.id();
      const fileUrl = `https://v3.fal.media/files/zebra/${id}_${asked.data.file_name}`;
      files.set(id, { fileUrl, contentType: asked.data.content_type, parts: new Map(), bytes: null });
      const kind = isMultipart ? 'multipart' : 'upload';
      return { json: { upload_url: kit.urlOf(`/${kind}/${id}?signature=once-${id}`), file_url: fileUrl } };
    };

  const put = (take: (kept: Kept, exchange: Parameters<FakeRoute['answer']>[0]) => FakeAnswer): FakeRoute['answer'] => {
    return (exchange) => {
      const id = exchange.params.id ?? '';
      const kept = files.get(id);
      if (exchange.headers.authorization !== undefined) {
        return { status: 400, json: { error: 'Only one auth mechanism allowed' } };
      }
      if (!kept || exchange.query.get('signature') !== `once-${id}`)
        return { status: 403, json: { error: 'signature' } };
      return take(kept, exchange);
    };
  };

  return {
    read: (url) => {
      if (url.startsWith('data:')) return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
      return [...files.values()].find(({ fileUrl }) => fileUrl === url)?.bytes ?? null;
    },
    routes: [
      { method: 'POST', path: '/storage/upload/initiate', kind: 'free', answer: initiate(false) },
      { method: 'POST', path: '/storage/upload/initiate-multipart', kind: 'free', answer: initiate(true) },
      {
        method: 'PUT',
        path: '/upload/:id',
        kind: 'free',
        isPublic: true,
        answer: put((kept, { body, headers }) => {
          if (headers['content-type'] !== kept.contentType) return { status: 400, json: { error: 'content type' } };
          kept.bytes = body;
          return { status: 200 };
        }),
      },
      {
        method: 'PUT',
        path: '/multipart/:id/:part',
        kind: 'free',
        isPublic: true,
        answer: put((kept, { body, params }) => {
          const partNumber = Number(params.part);
          kept.parts.set(partNumber, body);
          return { json: { partNumber, etag: `etag-${partNumber}` } };
        }),
      },
      {
        method: 'POST',
        path: '/multipart/:id/complete',
        kind: 'free',
        isPublic: true,
        answer: put((kept, exchange) => {
          const { parts } = exchange.read(partList);
          const inOrder = parts.every(({ partNumber, etag }, index) => {
            return partNumber === index + 1 && etag === `etag-${partNumber}`;
          });
          if (!inOrder || parts.length !== kept.parts.size) return { status: 400, json: { error: 'parts' } };
          kept.bytes = Buffer.concat(parts.map(({ partNumber }) => kept.parts.get(partNumber) ?? Buffer.alloc(0)));
          return { json: { url: kept.fileUrl } };
        }),
      },
    ],
  };
}
