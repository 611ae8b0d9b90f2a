import type { Received } from './send-request.ts';

const shortestSecret = 6;
const hidden = '•••';
/** Larger answers are pictures. */
const largestText = 300_000;

/** Cuts secrets out of what a service says: some repeat the key they refuse. Headers may carry a word before the key. */
export function createRedaction(texts: readonly string[]): (received: Received) => Received {
  const secrets = [...new Set(texts.flatMap((text) => [text, text.replace(/^\w+ /, '')]).flatMap(writtenForms))]
    .filter((secret) => secret.length >= shortestSecret)
    .sort((one, other) => other.length - one.length);
  // Each of the others holds one of these: most answers are looked at for one or two.
  const shortest = secrets.filter((secret) => !secrets.some((other) => other !== secret && secret.includes(other)));
  return (received) => {
    const { bytes } = received;
    const isPicture = bytes.length > largestText && received.status < 300;
    if (isPicture || !shortest.some((secret) => bytes.includes(secret))) return received;
    const text = secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), bytes.toString('utf8'));
    return { ...received, bytes: Buffer.from(text) };
  };
}

/** As it is, as part of an address, and as JSON writes it. */
function writtenForms(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), inJson, inJson.replaceAll('/', '\\/')];
}
