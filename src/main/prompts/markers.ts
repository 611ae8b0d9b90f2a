import { protectedParts } from '../../shared/prompt-text/protected-parts.ts';

/** A prompt whose parts that must stay word for word are replaced by short markers, which a model copies more surely. */
export interface MarkedPrompt {
  readonly text: string;
  /** What each marker stands for, by its number less one. */
  readonly parts: readonly string[];
  readonly marker: (number: number) => string;
  /** Puts the parts back: each once, in place of its first marker. Missing ones come at the end, unknown markers go. */
  restore(text: string): string;
  /** The same for a text that is still being written: nothing is added at its end. */
  restoreSoFar(text: string): string;
}

/** Brackets that hardly any prompt has. */
const brackets = [
  ['⟦', '⟧'],
  ['⟪', '⟫'],
  ['〘', '〙'],
] as const;

/** Null where a prompt has all of these brackets itself: then markers could not be told from its text. */
export function markPrompt(prompt: string, locked: readonly string[]): MarkedPrompt | null {
  const pair = brackets.find(([open, close]) => !prompt.includes(open) && !prompt.includes(close));
  if (!pair) return null;
  const [open, close] = pair;
  const marker = (number: number): string => `${open}${number}${close}`;
  const parts: string[] = [];
  let text = '';
  let at = 0;
  for (const part of protectedParts(prompt, locked)) {
    parts.push(part.text);
    text += `${prompt.slice(at, part.start)}${marker(parts.length)}`;
    at = part.end;
  }
  text += prompt.slice(at);
  const pattern = new RegExp(`${open}\\s*(\\d*)\\s*${close}`, 'g');

  const putBack = (written: string): { text: string; missing: string[] } => {
    const used = new Set<number>();
    const known = (digits: string): boolean => {
      const number = Number(digits);
      if (digits === '' || parts[number - 1] === undefined || used.has(number)) return false;
      used.add(number);
      return true;
    };
    const kept = written.replaceAll(pattern, (_, digits: string) => (known(digits) ? marker(Number(digits)) : ''));
    // Before the parts are back: what stands in them is not tidied.
    const tidy = kept
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/(?:\s*,)+(?=\s*,)/g, '')
      .replaceAll(/\s+,/g, ',')
      .replaceAll(/^[\s,]+|[\s,]+$/g, '');
    return {
      text: tidy.replaceAll(pattern, (_, digits: string) => parts[Number(digits) - 1] ?? ''),
      missing: parts.filter((__, index) => !used.has(index + 1)),
    };
  };

  return {
    text,
    parts,
    marker,
    restore: (written) => {
      const { text: whole, missing } = putBack(written);
      return [whole, ...missing].filter((one) => one !== '').join(', ');
    },
    restoreSoFar: (written) => {
      // A marker that has only begun.
      const begun = written.lastIndexOf(open);
      const end = begun > written.lastIndexOf(close) ? begun : written.length;
      return written.slice(0, end).replaceAll(pattern, (_, digits: string) => parts[Number(digits) - 1] ?? '');
    },
  };
}
