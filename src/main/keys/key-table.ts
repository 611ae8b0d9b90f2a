import { z } from 'zod';

/** provider → field → value. Frozen by type: each change makes a new one. */
export type KeyTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

const version = 1;
const Stored = z.object({
  version: z.literal(version),
  keys: z.record(z.string().regex(/^[a-z0-9]+$/), z.record(z.string().regex(/^[a-zA-Z]+$/), z.string())),
});
const StoredByNewer = z.object({ version: z.number().gt(version) });

export function writeTable(keys: KeyTable): string {
  return `${JSON.stringify({ version, keys })}\n`;
}

/** `newer`: a later Easel wrote it. The parsers' own errors quote the text, so none of them leaves this file. */
export function readTable(text: string): KeyTable | 'newer' | 'damaged' {
  const content = parseJson(text);
  if (StoredByNewer.safeParse(content).success) return 'newer';
  return Stored.safeParse(content).data?.keys ?? 'damaged';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Reported as damaged.
    return null;
  }
}

export function fieldsIn(table: KeyTable, provider: string): Readonly<Record<string, string>> {
  return Object.hasOwn(table, provider) ? (table[provider] ?? {}) : {};
}

export function valueIn(table: KeyTable, provider: string, field: string): string | undefined {
  const fields = fieldsIn(table, provider);
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

export function withValue(table: KeyTable, provider: string, field: string, value: string): KeyTable {
  return { ...table, [provider]: { ...fieldsIn(table, provider), [field]: value } };
}

/** Without one field of a provider, or without all of them. */
export function withoutValue(table: KeyTable, provider: string, field: string | null): KeyTable {
  const left = Object.entries(fieldsIn(table, provider)).filter(([name]) => field !== null && name !== field);
  const others = Object.entries(table).filter(([id]) => id !== provider);
  return Object.fromEntries(left.length === 0 ? others : [...others, [provider, Object.fromEntries(left)]]);
}

/** What `newer` has wins. */
export function merged(older: KeyTable, newer: KeyTable): KeyTable {
  const ids = new Set([...Object.keys(older), ...Object.keys(newer)]);
  return Object.fromEntries([...ids].map((id) => [id, { ...fieldsIn(older, id), ...fieldsIn(newer, id) }]));
}

/** Every key of a table, one by one. */
export function entriesOf(table: KeyTable): { provider: string; field: string; value: string }[] {
  return Object.entries(table).flatMap(([provider, fields]) =>
    Object.entries(fields).map(([field, value]) => ({ provider, field, value })),
  );
}
