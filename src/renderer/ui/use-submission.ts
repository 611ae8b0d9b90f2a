import { useState } from 'react';
import type { ErrorReport } from '../../shared/errors.ts';

/** How it stands with what a form asks for. */
export interface Submission {
  readonly isBusy: boolean;
  /** What was wrong the last time; null: nothing. */
  readonly error: ErrorReport | null;
  /** Waits for the answer: what is wrong, or null. Tells whether nothing is. */
  readonly submit: (answer: Promise<ErrorReport | null>) => Promise<boolean>;
  /** What was wrong is no longer to be seen, since something else is entered. */
  readonly forgetError: () => void;
}

/** For forms that stay, busy, until what they ask for is done, and say what is wrong with it. */
export function useSubmission(): Submission {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  return {
    isBusy,
    error,
    submit: async (answer) => {
      setIsBusy(true);
      const problem = await answer;
      setIsBusy(false);
      setError(problem);
      return problem === null;
    },
    forgetError: () => setError(null),
  };
}
