import type { Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';

const longestWords = 500;

/** One complaint of the list that names the fields it dislikes. */
function wordsOfIssue(issue: unknown): string {
  const { loc, msg } = (issue ?? {}) as { loc?: unknown; msg?: unknown };
  const field = Array.isArray(loc) ? loc.filter((part) => part !== 'body').join('.') : '';
  const words = typeof msg === 'string' ? msg : '';
  return field === '' ? words : `${field}: ${words}`;
}

function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.map(wordsOfIssue).filter(Boolean).join('; ') : '';
}

/** The server's own words: each of the three says them in another field, and SD.Next at times with nothing around them. */
function wordsOf(json: unknown): string {
  if (typeof json === 'string') return json.trim().slice(0, longestWords);
  const { detail, errors, message, error } = (json ?? {}) as Record<string, unknown>;
  const words = [detail, errors, message, error].map(wordsIn).find((each) => each !== '');
  return (words ?? '').slice(0, longestWords);
}

function isOutOfMemory(json: unknown): boolean {
  const { error, errors } = (json ?? {}) as Record<string, unknown>;
  return /OutOfMemory|out of memory/i.test(`${wordsIn(error)} ${wordsIn(errors)}`);
}

/** What a refusal means, where that differs from what its status usually means. */
export function explainRefusal({ status, json }: Refusal): ProviderError | null {
  const words = wordsOf(json);
  const providerText = words === '' ? null : words;
  const reason = words === '' ? '' : `: ${words.replace(/[.\s]+$/, '')}`;
  if (status === 401) {
    const message =
      'AUTOMATIC1111 asks for a user name and a password. Enter those it was started with (--api-auth) in the settings.';
    return new ProviderError('auth', message, { providerText });
  }
  if (status === 404 && (words === '' || words === 'Not Found')) {
    const message =
      'The API of AUTOMATIC1111 is not switched on at this address. Start it with --api (in webui-user: COMMANDLINE_ARGS=--api), then try again.';
    return new ProviderError('invalid_request', message, { providerText });
  }
  if (status === 400 || status === 404 || status === 422) {
    return new ProviderError('invalid_request', `AUTOMATIC1111 does not accept this${reason}.`, { providerText });
  }
  if (status !== 500) return null;
  if (isOutOfMemory(json)) {
    const message =
      'AUTOMATIC1111 ran out of memory. Try a smaller size or a smaller model, or close other programs that use the graphics card.';
    return new ProviderError('server', message, { providerText });
  }
  return new ProviderError('server', `AUTOMATIC1111 failed${reason}.`, { providerText });
}
