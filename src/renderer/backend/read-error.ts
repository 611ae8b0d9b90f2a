import { ORPCError } from '@orpc/client';
import { ErrorData } from '../../shared/contract/operation.ts';
import { isErrorCode, type ErrorReport } from '../../shared/errors.ts';
import { translate } from '../i18n/i18n.ts';

/** What went wrong with a call, in the user's words. A program that can't be reached is `offline`. */
export function readError(error: unknown): ErrorReport {
  if (error instanceof ORPCError) {
    const code: unknown = error.code;
    const data = ErrorData.safeParse(error.data);
    return {
      code: isErrorCode(code) ? code : 'internal',
      message: error.message,
      ...(data.success && { details: data.data.details }),
    };
  }
  if (error instanceof TypeError) return { code: 'offline', message: translate('ui:connection.noAnswer') };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** Whether the program doesn't know this browser (HTTP 401). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ORPCError && (error.status === 401 || (error.code as string) === 'notSignedIn');
}
