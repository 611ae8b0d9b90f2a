import { ORPCError, ValidationError } from '@orpc/server';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { describeIssues } from '../shared/describe-issues.ts';
import { AppError, errorTable } from '../shared/errors.ts';
import type { Log } from './log.ts';

/** The one place where an error becomes what crosses a border: a code of the table, words for people, nothing else. */
export function asContractError(error: unknown, log: Log): unknown {
  if (error instanceof AppError) {
    const { status } = errorTable[error.code];
    return new ORPCError(error.code, { status, message: error.message, data: { details: error.details } });
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    // The contract is made of zod schemas, so these are zod's issues.
    const issues = error.cause.issues as readonly z.core.$ZodIssue[];
    const fields = [...new Set(issues.map(({ path }) => path.map(String).join('.') || 'input'))];
    const message = `This can't be used: ${describeIssues(issues)}.`;
    return new ORPCError('badInput', { status: 400, message, data: { details: { fields } } });
  }
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  const id = randomUUID();
  log.error('internal error', error, { id });
  const message = `Something went wrong inside Easel. The log has the details under ${id}.`;
  return new ORPCError('internal', { status: 500, message, data: { details: { id } } });
}

/** The same border for what is told piece by piece. */
export async function* asContractStream<Event>(
  stream: AsyncGenerator<Event, void, void>,
  log: Log,
): AsyncGenerator<Event, void, void> {
  try {
    yield* stream;
  } catch (error) {
    throw asContractError(error, log);
  }
}
