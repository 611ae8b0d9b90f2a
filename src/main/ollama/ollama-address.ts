import { isIPv6 } from 'node:net';
import { AppError } from '../../shared/errors.ts';

/** Where Ollama listens unless told otherwise: docs.ollama.com/faq. The literal address, since `localhost` may mean IPv6. */
const usualPort = '11434';
const usualUrl = `http://127.0.0.1:${usualPort}`;

export interface OllamaAddress {
  /** Without a slash at its end, always with its port; null where `problem` says what is wrong with it. */
  readonly url: string | null;
  readonly source: 'environment' | 'settings' | 'default';
  /** The variable it is from. */
  readonly variable: string | null;
  readonly problem: string | null;
}

/**
 * Where Ollama is: `EASEL_OLLAMA_URL`, then `OLLAMA_HOST` (which Ollama itself obeys), then the settings, then the usual address.
 * A variable that can't be used is a problem and not passed over: another Ollama than the one meant must not be asked.
 */
export function ollamaAddress(
  environment: Readonly<Record<string, string | undefined>>,
  setting: string | null,
): OllamaAddress {
  for (const variable of ['EASEL_OLLAMA_URL', 'OLLAMA_HOST'] as const) {
    const text = environment[variable]?.trim() ?? '';
    if (text === '') continue;
    const url = readAddress(text, variable === 'OLLAMA_HOST' ? '80' : usualPort);
    const problem = url === null ? `${variable} is no address that can be used. ${howToWrite}` : null;
    return { url, source: 'environment', variable, problem };
  }
  if (setting !== null) {
    const url = readAddress(setting, usualPort);
    const problem = url === null ? `The address in the settings can't be used. ${howToWrite}` : null;
    return { url, source: 'settings', variable: null, problem };
  }
  return { url: usualUrl, source: 'default', variable: null, problem: null };
}

const howToWrite = `Write it like ${usualUrl}, or studio:11434 for another computer of yours.`;

/** What a user typed, as it is kept in the settings. Throws AppError `badInput` where it is no address of an Ollama. */
export function checkOllamaAddress(text: string): string {
  const url = readAddress(text.trim(), usualPort);
  if (url === null) throw new AppError('badInput', `This is no address of an Ollama. ${howToWrite}`);
  return url;
}

/** Whether what is sent there stays on this computer. */
export function isThisMachine(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/**
 * Host, `host:port`, `:port` or URL. Without a port it is Ollama's usual one; for an `http://` address in `OLLAMA_HOST`
 * (`portOfHttp`) it is 80, as it is for Ollama itself. Null for what is no address, holds a password, or is the vendor's cloud.
 */
function readAddress(text: string, portOfHttp: string): string | null {
  const hasScheme = /^[a-z]+:\/\//i.test(text);
  const whole = hasScheme ? text : `http://${withHost(text)}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  if (/(^|\.)ollama\.com$/i.test(url.hostname)) return null;
  // To listen on all addresses is something a server can do; whoever calls it names one.
  const host = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' }[url.hostname] ?? url.hostname;
  const bare = url.protocol === 'https:' ? '443' : hasScheme ? portOfHttp : usualPort;
  const port = url.port || (saysPort(whole) ? (url.protocol === 'https:' ? '443' : '80') : bare);
  return `${url.protocol}//${host}:${port}${url.pathname.replace(/\/+$/, '')}`;
}

/** A URL forgets a port that is its scheme's own. */
function saysPort(whole: string): boolean {
  return /^[a-z]+:\/\/[^/?#]*:\d+(?:[/?#]|$)/i.test(whole);
}

function withHost(text: string): string {
  if (isIPv6(text)) return `[${text}]`;
  return text.startsWith(':') ? `127.0.0.1${text}` : text;
}
