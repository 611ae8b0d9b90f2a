import { call, isProcedure, type AnyRouter } from '@orpc/server';
import { ORPCError } from '@orpc/contract';
import { AppError, isErrorCode } from '../../shared/errors.ts';

/** Calls an operation as the other doors do, input and output parsed; its failure is an AppError again. */
export async function callOperation(
  handlers: AnyRouter,
  path: readonly [string, string],
  input: unknown,
): Promise<unknown> {
  const procedure = (handlers as unknown as Record<string, Record<string, unknown>>)[path[0]]?.[path[1]];
  if (!isProcedure(procedure)) throw new AppError('internal', `There is no operation ${path.join('.')}.`);
  try {
    return await call(procedure, input, { context: {} });
  } catch (error) {
    if (error instanceof ORPCError && isErrorCode(error.code))
      throw new AppError(error.code, error.message, {}, { cause: error });
    throw error;
  }
}
