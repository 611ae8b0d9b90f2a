import { didYouMean } from '../../shared/nearest-names.ts';

/** A variable's value; null: it can't be used. Problems are what is said of it after its name. */
export interface Reading<Value> {
  readonly value: Value | null;
  readonly problems: readonly string[];
}

const unusable = (problem: string): Reading<never> => ({ value: null, problems: [problem] });

/** An id, however it is written: `Fal`, `stability `. */
const idOf = (text: string): string => text.trim().toLowerCase();

/** What stands in a variable by mistake may be a key: no more of it is repeated than makes it known again. */
const shown = (text: string): string => {
  const letters = Array.from(text.replaceAll(/\p{Cc}+/gu, ' '));
  return letters.length > 20 ? `${letters.slice(0, 8).join('')}…` : letters.join('');
};

const noProvider = (text: string, known: readonly string[]): string =>
  `names no provider ("${shown(text)}"), so that is ignored.${didYouMean(text, known)} There are: ${known.join(', ')}.`;

export function readProvider(text: string, known: readonly string[]): Reading<string> {
  const id = idOf(text);
  return known.includes(id) ? { value: id, problems: [] } : unusable(noProvider(text, known));
}

/** A list separated by commas or blanks. Names that are unknown are left out. */
export function readProviders(text: string, known: readonly string[]): Reading<string[]> {
  const names = text.split(/[,;\s]+/).filter((name) => name !== '');
  const ids = [...new Set(names.map(idOf).filter((id) => known.includes(id)))];
  const problems = names.filter((name) => !known.includes(idOf(name))).map((name) => noProvider(name, known));
  return { value: ids.length > 0 ? ids : null, problems };
}

const words: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

export function readSwitch(text: string): Reading<boolean> {
  const name = text.toLowerCase();
  if (!Object.hasOwn(words, name)) return unusable('must be true or false, so it is ignored.');
  return { value: words[name] ?? null, problems: [] };
}

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 };
/** From here on a number without a unit is milliseconds, as older systems wrote them. */
const smallestBareMilliseconds = 1000;

/** Whole seconds: `60`, `60s`, `60000ms`, `1m`, and `60000`. */
export function readDuration(text: string, { min, max }: { min: number; max: number }): Reading<number> {
  const [, digits, unit] = /^(\d{1,12}(?:\.\d+)?)\s*(ms|s|m|min|h)?$/i.exec(text) ?? [];
  if (digits === undefined) return unusable('is no time, so it is ignored. Write it like 60 or 60s.');
  const amount = Number(digits);
  const usual = amount >= smallestBareMilliseconds ? 'ms' : 's';
  const value = Math.round(amount * (secondsPer[(unit ?? usual).toLowerCase()] ?? 1));
  const isInside = value >= min && value <= max;
  return isInside ? { value, problems: [] } : unusable(`must be ${min} to ${max} seconds, so it is ignored.`);
}
