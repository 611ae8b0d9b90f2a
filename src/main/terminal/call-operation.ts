import { call, isProcedure, type AnyRouter } from '@orpc/server';
import { ORPCError } from '@orpc/contract';
import { AppError, isErrorCode } from '../../shared/errors.ts';

/** Calls an operation as the other doors do, input and output parsed; its failure is an AppError again. */
export async function callOperation(
  handlers: AnyRouter,
  path: readonly [string, string],
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const procedure = (handlers as unknown as Record<string, Record<string, unknown>>)[path[0]]?.[path[1]];
  if (!isProcedure(procedure)) throw new AppError('internal', `There is no operation ${path.join('.')}.`);
  try {
    return await call(procedure, input, { context: {}, ...(signal ? { signal } : {}) });
  } catch (error) {
    throw asAppError(error);
  }
}

/** The same for an operation that tells piece by piece, until it ends or the signal says so. */
export async function* followOperation<Event>(
  handlers: AnyRouter,
  path: readonly [string, string],
  input: unknown,
  signal: AbortSignal,
): AsyncGenerator<Event, void, void> {
  try {
    yield* (await callOperation(handlers, path, input, signal)) as AsyncIterable<Event>;
  } catch (error) {
    // Whoever stopped it knows why; on the way here that has become "something went wrong".
    signal.throwIfAborted();
    throw asAppError(error);
  }
  signal.throwIfAborted();
}

function asAppError(error: unknown): unknown {
  if (!(error instanceof ORPCError) || !isErrorCode(error.code)) return error;
  return new AppError(error.code, error.message, {}, { cause: error });
}
