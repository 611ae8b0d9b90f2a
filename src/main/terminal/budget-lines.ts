import { dollars, exactDollars } from '../../shared/dollars.ts';
import { capsOutOfPlay } from '../../shared/routing/caps-out-of-play.ts';
import { capNames, type Caps, type Spending } from '../../shared/models/routing.ts';

/** The caps, one a line, with what is spent of those that last. */
export function budgetLines({ caps, spent }: { readonly caps: Caps; readonly spent: Spending }): string[] {
  const lines = capNames.map((name) => {
    const cap = caps[name];
    const words = cap === null ? 'no cap' : cap === 0 ? '$0: only what is free' : exactDollars(cap);
    if (name === 'image' || name === 'job') return `${name.padEnd(6)} ${words}`;
    const share = cap === null || cap === 0 ? '' : ` (${Math.round((spent[name] / cap) * 100)} %)`;
    return `${name.padEnd(6)} ${words}, spent ${dollars(spent[name])}${share}`;
  });
  return [...lines, 'Days and months count what all your libraries spent, not only this one.'];
}

/** Which caps never come into play, a sentence each. */
export function capNotes(caps: Caps): string[] {
  const words = { image: 'cap of an image', job: 'cap of a job', day: "day's cap", month: "month's cap" } as const;
  return Object.entries(capsOutOfPlay(caps)).map(
    ([name, by]) => `The ${words[name as keyof Caps]} never comes into play: the ${words[by]} is lower.`,
  );
}
