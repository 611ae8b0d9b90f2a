import type { z } from 'zod';
import type { Exchange, FakeAnswer } from '../kit/fake-types.ts';

export const userId = '5d8f7c1a-2222-4333-8444-555566667777';

export const refuse = (error: string, code = 'unexpected'): FakeAnswer => ({
  status: 400,
  json: { error, path: '$', code },
});
export const refuseSecond = (message: string): FakeAnswer => ({
  status: 400,
  json: [{ message, extensions: { code: 'BAD_USER_INPUT' }, path: ['generate'], locations: [{ line: 1, column: 1 }] }],
});

/** The body in its shape, or the service's complaint about it. */
export function readBody<T>(exchange: Exchange, schema: z.ZodType<T>): { body: T } | { complaint: string } {
  try {
    const parsed = schema.safeParse(exchange.json());
    if (parsed.success) return { body: parsed.data };
    const [issue] = parsed.error.issues;
    return { complaint: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
  } catch {
    return { complaint: 'the body is no JSON' };
  }
}

/** Refused for want of credits. */
export function tooPoor(): FakeAnswer {
  return refuse(`not enough api tokens userId: ${userId}`);
}
