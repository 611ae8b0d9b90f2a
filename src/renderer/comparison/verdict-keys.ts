import type { Verdict } from '../../shared/models/comparison.ts';

/** In the order of the buttons, with the keys that mean the same. */
export const verdictKeys: readonly (readonly [Verdict, readonly string[]])[] = [
  ['first', ['ArrowLeft', 'Digit1']],
  ['tie', ['ArrowDown', '=']],
  ['bothBad', ['KeyB']],
  ['second', ['ArrowRight', 'Digit2']],
];
