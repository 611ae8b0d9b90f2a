/** What `fix` would put in the place of a part of the prompt. */
export interface PromptFix {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Place {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
  /** Null where only the writer can know what is right. */
  readonly fix: PromptFix | null;
}

/** Something in a prompt to look at, with what its sentence needs: the sentence itself is made where it is shown. */
export type PromptFinding =
  | (Place & { readonly kind: 'repeated'; readonly params: { readonly text: string } })
  | (Place & { readonly kind: 'contradiction'; readonly params: { readonly text: string; readonly other: string } })
  | (Place & { readonly kind: 'filler'; readonly params: { readonly text: string } })
  | (Place & { readonly kind: 'unbalanced'; readonly params: { readonly bracket: string } })
  | (Place & {
      readonly kind: 'unknownLora';
      readonly params: { readonly name: string; readonly nearest: string | null };
    })
  | (Place & {
      readonly kind: 'unknownWildcard';
      readonly params: { readonly name: string; readonly nearest: string | null };
    })
  | (Place & { readonly kind: 'tooLong'; readonly params: { readonly over: number; readonly most: number } })
  | (Place & { readonly kind: 'controlCharacter'; readonly params: { readonly code: string } });

/** More underlines than that help nobody. */
export const mostFindings = 100;
