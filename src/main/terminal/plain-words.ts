import { dollars } from '../../shared/dollars.ts';
import type { Cost } from '../../shared/models/cost.ts';

/** Text from elsewhere on one line of a terminal: control characters could move its cursor or change its colours. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

/** "1 image", "2 images" */
export function counted(count: number, thing: string): string {
  return `${count} ${count === 1 ? thing : `${thing}s`}`;
}

export function money(cost: Cost): string {
  switch (cost.kind) {
    case 'unknown':
      return 'cost unknown';
    case 'estimated':
      return cost.usd === 0 ? 'free' : `≈ ${dollars(cost.usd)}`;
    case 'reported':
      return cost.usd === 0 ? 'free' : dollars(cost.usd);
  }
}

/** "2026-11-29 17:27", by this computer's clock and calendar. */
export function dateAndTime(at: number): string {
  return new Date(at).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
}

/** How many columns of a terminal a text takes: a letter of Chinese, Japanese or Korean, and an emoji, take two. */
export function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0);
}

/** At most so many columns of a text, on one line. By characters: half of an emoji is none. */
export function cutTo(text: string, columns: number): string {
  const line = printable(text);
  if (columnsOf(line) <= columns) return line;
  let kept = '';
  let used = 1;
  for (const letter of line) {
    used += isWide(letter) ? 2 : 1;
    if (used > columns) break;
    kept += letter;
  }
  return `${kept}…`;
}

function isWide(letter: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u.test(
    letter,
  );
}
