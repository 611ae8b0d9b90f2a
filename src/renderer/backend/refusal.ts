import { z } from 'zod';
import { AppError, isErrorCode } from '../../shared/errors.ts';
import { translate } from '../i18n/i18n.ts';

const Refusal = z.object({ code: z.string(), message: z.string() });

/** The program's own words in an HTTP answer that isn't ok; an answer without any says its status. */
export async function refusalOf(response: Response): Promise<AppError> {
  const answer: unknown = await response.json().catch(() => null);
  const refusal = Refusal.safeParse(answer);
  if (!refusal.success) {
    return new AppError('internal', translate('ui:connection.unexpected', { status: response.status }));
  }
  const { code, message } = refusal.data;
  return new AppError(isErrorCode(code) ? code : 'internal', message);
}
