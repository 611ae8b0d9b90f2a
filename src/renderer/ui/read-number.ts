export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Digits behind the point; 0: whole numbers only. */
  readonly digits: number;
  /** Whether nothing is an answer, too. */
  readonly isOptional: boolean;
}

/** What is wrong with a typed number, as a key of `ui:number`. */
export type NumberProblem = 'needed' | 'wholeUnreadable' | 'unreadable' | 'wholeRange' | 'range' | 'tooManyDigits';

/** A typed number as it stands there: no letter, comma or sign of it is passed over. Null: nothing was typed. */
export function readNumber(
  text: string,
  { min, max, digits, isOptional }: NumberRange,
): { readonly value: number | null } | { readonly problem: NumberProblem } {
  const bare = text.trim();
  if (bare === '') return isOptional ? { value: null } : { problem: 'needed' };
  const isWhole = digits === 0;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/u.test(bare)) return { problem: isWhole ? 'wholeUnreadable' : 'unreadable' };
  const value = Number(bare);
  if (value < min || value > max || (isWhole && !Number.isInteger(value))) {
    return { problem: isWhole ? 'wholeRange' : 'range' };
  }
  const [, behind = ''] = bare.split('.');
  return !isWhole && behind.replace(/0+$/u, '').length > digits ? { problem: 'tooManyDigits' } : { value };
}

const plain = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 12 });

/** A number as it can be typed: "1234.5", "0.00001". */
export const writeNumber = (value: number): string => plain.format(value);
