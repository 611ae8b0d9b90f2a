interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Digits behind the point; 0: whole numbers only. */
  readonly digits: number;
  /** Whether nothing is an answer, too. */
  readonly isOptional: boolean;
}

/** What is wrong with a number, as a key of `settings:routing`; null: nothing. */
export function numberProblem(
  value: number | null,
  { min, max, digits, isOptional }: NumberRange,
): 'needed' | 'wholeRange' | 'numberRange' | null {
  if (value === null) return isOptional ? null : 'needed';
  const isInside = Number.isFinite(value) && value >= min && value <= max;
  if (digits === 0) return isInside && Number.isInteger(value) ? null : 'wholeRange';
  return isInside ? null : 'numberRange';
}
