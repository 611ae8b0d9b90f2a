const shortestSecret = 6;
const hidden = '•••';

/** Cuts secrets out of what a service says: some repeat the key they refuse. Headers may carry a word before the key. */
export function createRedaction(texts: readonly string[]): {
  bytes(bytes: Buffer, contentType: string): Buffer;
} {
  const secrets = [...new Set(texts.flatMap((text) => [text, text.replace(/^\w+ /, ''), encodeURIComponent(text)]))]
    .filter((secret) => secret.length >= shortestSecret)
    .sort((one, other) => other.length - one.length);
  return {
    bytes: (bytes, contentType) => {
      if (/^(image|video|audio)\//.test(contentType) || !secrets.some((secret) => bytes.includes(secret))) return bytes;
      return Buffer.from(secrets.reduce((text, secret) => text.replaceAll(secret, hidden), bytes.toString('utf8')));
    },
  };
}
