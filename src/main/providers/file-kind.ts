/** Formats of results, told from their first bytes, with the names that library and services use. */
const beginnings: readonly (readonly [kind: string, mimeType: string, pattern: RegExp])[] = [
  ['png', 'image/png', /^\x89PNG\r\n/],
  ['jpg', 'image/jpeg', /^\xff\xd8\xff/],
  ['webp', 'image/webp', /^RIFF[\s\S]{4}WEBP/],
  ['gif', 'image/gif', /^GIF8[79]a/],
  ['avif', 'image/avif', /^[\s\S]{4}ftypavi[fs]/],
  ['mp4', 'video/mp4', /^[\s\S]{4}ftyp/],
  ['webm', 'video/webm', /^.E\xdf\xa3/],
];

/** What a file is: a picture, a video, or null for everything else. */
export function fileKindOf(bytes: Uint8Array): { kind: string; mimeType: string } | null {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const known = beginnings.find(([, , pattern]) => pattern.test(beginning));
  return known ? { kind: known[0], mimeType: known[1] } : null;
}
