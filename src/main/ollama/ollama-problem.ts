import { AppError } from '../../shared/errors.ts';

/** What a status other than 2xx means. `words` are the server's, empty where it says nothing. */
export function problemOfStatus(status: number, words: string, url: string, model: string | null): AppError {
  const details = { status, reason: words.slice(0, 500) };
  if (status === 404 && model !== null && /model/i.test(words)) return missingModel(model);
  if (status === 503) return new AppError('rate_limit', 'Ollama is busy. Try again in a moment.', details);
  if (status === 403) {
    const message = `The Ollama at ${url} lets nobody in under this address, or not to this model. Use http://127.0.0.1:11434 for your own computer.`;
    return new AppError('forbidden', message, details);
  }
  if (status === 401) {
    return new AppError('auth', `The Ollama at ${url} asks for a key. Easel uses one that asks for none.`, details);
  }
  if (status === 404) {
    const message = `What answers at ${url} is no Ollama, or a very old one. Check its address.`;
    return new AppError('server', message, details);
  }
  const said = words === '' ? `status ${status}` : words.slice(0, 200);
  if (status < 500) return new AppError('invalid_request', `Ollama does not take this: ${said}`, details);
  return new AppError('server', `Ollama failed: ${said}. Its own log says more.`, details);
}

export function missingModel(model: string): AppError {
  const message = `The model ${model} is not installed in Ollama. Get it with: easel ollama pull ${model}`;
  return new AppError('unknownModel', message, { model });
}

/** What a failed exchange means: nobody there, a connection that broke, or an error that Ollama told within a stream. */
export function problemOfFailure(error: unknown, url: string): AppError {
  if (error instanceof AppError) return error;
  const { message, code } = causeOf(error);
  const details = { reason: message };
  if (
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === 'EHOSTUNREACH' ||
    code === 'ENETUNREACH' ||
    message === 'bad port'
  ) {
    const words = `No Ollama answers at ${url}. Start Ollama, or correct its address under Providers, Ollama.`;
    return new AppError('network', words, details, { cause: error });
  }
  if (/redirect/i.test(message)) {
    const words = `What answers at ${url} sends Easel elsewhere, so it is no Ollama. Check its address.`;
    return new AppError('network', words, details, { cause: error });
  }
  if (error instanceof TypeError || message.includes('Did not receive done')) {
    const words = 'The connection to Ollama broke off in the middle. Try again.';
    return new AppError('network', words, details, { cause: error });
  }
  return new AppError('server', `Ollama failed: ${message.slice(0, 200)}. Its own log says more.`, details, {
    cause: error,
  });
}

/** The innermost reason, and the first code on the way there. */
function causeOf(error: unknown): { message: string; code: string | null } {
  let message = String(error);
  let code: string | null = null;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    message = at.message === '' ? message : at.message;
    if (code === null && 'code' in at && typeof at.code === 'string') code = at.code;
  }
  return { message, code };
}
