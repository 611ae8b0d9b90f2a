import type { z } from 'zod';
import { lostAnswer, somethingElse } from '../http-failures.ts';
import type { Answer, Http } from '../http-types.ts';

/** An answer with the service's own time, in milliseconds since 1970: this computer's clock may be minutes off. */
export interface Timed<T> {
  readonly value: T;
  /** Null where the service doesn't tell. */
  readonly serverNow: number | null;
}

/** Reads an answer and when it was given. `isPaid`: of a call that may have cost something. */
export function timed<T>({ address }: Http, schema: z.ZodType<T>, isPaid: boolean): (answer: Answer) => Timed<T> {
  const peer = { name: 'Astria', address, remedy: '' };
  return ({ json, header }) => {
    const parsed = schema.safeParse(json());
    if (!parsed.success) {
      const garbled = somethingElse(peer, parsed.error);
      throw isPaid ? lostAnswer(peer, garbled) : garbled;
    }
    const serverNow = Date.parse(header('date') ?? '');
    return { value: parsed.data, serverNow: Number.isFinite(serverNow) ? serverNow : null };
  };
}
