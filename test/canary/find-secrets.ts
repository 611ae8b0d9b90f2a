import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secret {
  /** Whose it is; the value itself must not stand in a test's output. */
  readonly name: string;
  readonly value: string;
}

/** Bytes that came from somewhere, or lie somewhere. */
export interface Evidence {
  readonly place: string;
  readonly bytes: Buffer;
}

/** Where which secret stands, in which form. */
export interface Finding {
  readonly place: string;
  readonly secret: string;
  readonly form: string;
}

/** What of a Base64 text is surely the secret's, where it begins at the first, second or third byte of a group. */
function base64Of(value: string, shift: 0 | 1 | 2, alphabet: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const text = bytes.toString(alphabet).replace(/=+$/, '');
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** The ways in which a secret may be written down. */
export function formsOf(value: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(value);
  const shifts = [0, 1, 2] as const;
  const alphabets = ['base64', 'base64url'] as const;
  const texts: [string, string][] = [
    ['clear', value],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['in a URL', encodeURIComponent(value)],
    ['in HTML', value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ['reversed', Buffer.from(value).reverse().toString()],
    ...alphabets.flatMap((alphabet) =>
      shifts.map((shift): [string, string] => [`${alphabet} from ${shift}`, base64Of(value, shift, alphabet)]),
    ),
  ];
  const forms = new Map([...texts].reverse().map(([form, text]) => [text, form]));
  return new Map([
    ...[...forms].map(([text, form]) => [form, Buffer.from(text)] as const),
    ['UTF-16', Buffer.from(value, 'utf16le')],
  ]);
}

export function findSecrets(evidence: readonly Evidence[], secrets: readonly Secret[]): Finding[] {
  const sought = secrets.flatMap(({ name, value }) =>
    [...formsOf(value)].map(([form, bytes]) => ({ secret: name, form, bytes })),
  );
  return evidence.flatMap(({ place, bytes }) => [
    ...sought.filter((each) => bytes.includes(each.bytes)).map(({ secret, form }) => ({ place, secret, form })),
    ...sought
      .filter((each) => place.includes(each.bytes.toString()))
      .map(({ secret, form }) => ({ place: 'the name of a file', secret, form })),
  ]);
}

/** Every file below a folder. Those that vanish meanwhile are left out. */
export function filesBelow(folder: string): Evidence[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const place = join(entry.parentPath, entry.name);
    if (!entry.isFile()) return [];
    try {
      return [{ place, bytes: readFileSync(place) }];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
}
