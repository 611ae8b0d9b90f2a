import { ProviderError } from './provider.ts';

/** Base64 without or with the beginning of a `data:` URL, as services send pictures. Throws ProviderError for what is none. */
export function bytesOfBase64(text: string, serviceName: string): Buffer {
  const comma = text.startsWith('data:') ? text.indexOf(',') : -1;
  const isBase64 = comma < 0 || /;base64$/i.test(text.slice(0, comma));
  const bytes = isBase64 ? Buffer.from(text.slice(comma + 1), 'base64') : Buffer.alloc(0);
  if (bytes.length === 0) throw new ProviderError('server', `${serviceName} sent an empty or damaged picture.`);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A picture inside JSON: `data:image/png;base64,…`. */
export function toDataUrl(bytes: Uint8Array, mimeType: string): string {
  return `data:${mimeType};base64,${toBase64(bytes)}`;
}
