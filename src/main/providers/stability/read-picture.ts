import { fileKindOf } from '../file-kind.ts';
import type { Answer } from '../http-types.ts';
import { ProviderError, type ResultImage } from '../provider.ts';
import { PictureAnswer } from './answers.ts';

/** How the picture was asked for: what the answer itself does not tell. */
export interface Asked {
  /** Null where the model takes none. */
  readonly seed: number | null;
  /** US dollars. */
  readonly usd: number | null;
  /** The prompt that was sent where the user gave none. */
  readonly revisedPrompt: string | null;
}

/** The picture of an answer, which is either bytes or JSON. Null where there is none; throws ProviderError for one that was blurred. */
export function readPicture(answer: Answer, asked: Asked): ResultImage | null {
  const isJson = answer.header('content-type')?.includes('json') ?? false;
  const { bytes, finishReason, seed } = isJson ? fromJson(answer.json()) : fromBytes(answer);
  if (finishReason === 'CONTENT_FILTERED') {
    throw new ProviderError(
      'content_policy',
      'Stability AI made the picture and then blurred it, because its filter found something it does not allow. It charges for it all the same.',
      {
        providerText: finishReason,
        isFinal: true,
        cost: asked.usd === null ? { kind: 'unknown' } : { kind: 'estimated', usd: asked.usd },
      },
    );
  }
  if (!bytes || fileKindOf(bytes) === null) return null;
  return { bytes, seed: asked.seed === null ? null : (seed ?? asked.seed) };
}

interface Said {
  readonly bytes: Uint8Array | null;
  readonly finishReason: string | null;
  readonly seed: number | null;
}

function fromBytes({ bytes, header }: Answer): Said {
  const seed = header('seed');
  return {
    bytes,
    finishReason: header('finish-reason'),
    seed: seed !== null && /^\d+$/.test(seed) ? Number(seed) : null,
  };
}

function fromJson(json: unknown): Said {
  const { data } = PictureAnswer.safeParse(json);
  return {
    bytes: data?.image ? Buffer.from(data.image, 'base64') : null,
    finishReason: data?.finish_reason ?? null,
    seed: data?.seed ?? null,
  };
}
