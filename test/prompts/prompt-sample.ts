/** A prompt as people write them, and what a reader of it would call its key concepts. */
export interface PromptSample {
  readonly name: string;
  /** Written down by hand, from reading; of alternatives any one counts. */
  readonly concepts: readonly (string | readonly string[])[];
  readonly text: string;
}
