import type { Piece } from './split-clauses.ts';

/** A few words of one clause that stand or fall together. `lead` joins them to the phrase before, and goes without it. */
export interface Phrase {
  readonly lead: readonly Piece[];
  readonly pieces: readonly Piece[];
  readonly clause: number;
  readonly ending: string;
  readonly isProtected: boolean;
  /** What it says: the stems of its words that mean something. */
  readonly says: readonly string[];
  readonly cost: number;
}
