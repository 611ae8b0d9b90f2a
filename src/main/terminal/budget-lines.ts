import { capNames, type Caps, type Spending } from '../../shared/models/routing.ts';

/** The caps, one a line, with what is spent of those that last. */
export function budgetLines({ caps, spent }: { readonly caps: Caps; readonly spent: Spending }): string[] {
  const lines = capNames.map((name) => {
    const cap = caps[name];
    const words = cap === null ? 'no cap' : cap === 0 ? '$0: only what is free' : `$${cap.toFixed(4)}`;
    if (name === 'image' || name === 'job') return `${name.padEnd(6)} ${words}`;
    const share = cap === null || cap === 0 ? '' : ` (${Math.round((spent[name] / cap) * 100)} %)`;
    return `${name.padEnd(6)} ${words}, spent $${spent[name].toFixed(4)}${share}`;
  });
  return [...lines, 'Days and months count what all your libraries spent, not only this one.'];
}
