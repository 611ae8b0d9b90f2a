import { randomUUID } from 'node:crypto';
import type { FakeAnswer } from '../kit/fake-types.ts';

/** Thrown by a route to refuse what it got. */
export class Refused extends Error {
  readonly answer: FakeAnswer;
  constructor(answer: FakeAnswer) {
    super('refused');
    this.answer = answer;
  }
}

export const requestId = (): string => `req_${randomUUID().replaceAll('-', '')}`;

export function errorAnswer(
  status: number,
  error: { message: string; type?: string; param?: string | null; code?: string | null },
): FakeAnswer {
  const { message, type = 'invalid_request_error', param = null, code = null } = error;
  return { status, headers: { 'x-request-id': requestId() }, json: { error: { message, type, param, code } } };
}

export function refuse(param: string, message: string, code = 'invalid_value'): never {
  throw new Refused(errorAnswer(400, { message, param, code }));
}

export function refuseContent(stage: 'input' | 'output'): never {
  throw new Refused(
    errorAnswer(400, {
      message: `Your request was rejected by the safety system (${stage}). safety_violations=[violence].`,
      type: 'image_generation_user_error',
      code: 'moderation_blocked',
    }),
  );
}
