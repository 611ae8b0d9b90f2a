import type { Figure } from '../figure.ts';
import { capRows } from './caps.ts';
import { limitRows } from './limits.ts';

/** Limits and caps are never passed, and used up. */
export const limitsAndCaps: Figure = {
  id: 'R6',
  title: 'Limits in every sliding minute, and a cap with 16 at once',
  measure: async () => [...limitRows(), ...(await capRows())],
};
