import { AppError, type ErrorReport } from '../../shared/errors.ts';
import type { ProviderError } from '../providers/provider.ts';

/** A failure as it is kept with a job or an attempt. */
export function report(error: ProviderError | AppError): ErrorReport {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  const details = error.providerText === null ? {} : { providerText: error.providerText };
  return { code: error.code, message: error.message, details };
}
