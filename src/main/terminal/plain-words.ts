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
      return `≈ $${cost.usd.toFixed(4)}`;
    case 'reported':
      return cost.usd === 0 ? 'free' : `$${cost.usd.toFixed(4)}`;
  }
}
