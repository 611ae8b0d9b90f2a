import { conceptsKept } from '../../shared/prompt-text/key-concepts.ts';

/** Of the key concepts, at least so many must still be there. */
const leastShare = 0.9;
/** An answer shorter than this share of the limit has lost more than it folded. */
const leastLength = 0.15;
/** Of the concepts that are gone, so many are named in the second try. */
const mostNamed = 15;

/** How models begin that talk about their task instead of doing it. */
const talk =
  /^["'*\s]*(?:here(?:['’]s| is| are)|(?:sure|certainly|of course|okay|sorry)[,.!:]|as an ai\b|i(?:['’]m| am) (?:sorry|unable)|i can(?:['’]|no)t\b|i won['’]t\b|the (?:shortened |compressed |revised |new )?prompt (?:is|would|could)\b)/i;

/** Whether a text talks about itself: "Here is …", "I can't …". */
export function isTalk(text: string): boolean {
  return talk.test(text);
}

// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

export function hasControlCharacters(text: string): boolean {
  return control.test(text);
}

export interface Verdict {
  /** Why it can't be taken, in words for the model and, behind "Ollama's answer", for people; null where it can. */
  readonly problem: string | null;
  /** 0 to 1. */
  readonly share: number;
}

/** Whether a shortened prompt may take the place of the one it was made of. */
export function checkShortened(
  text: string,
  { limit, concepts, inputLength }: { limit: number; concepts: readonly string[]; inputLength: number },
): Verdict {
  const { missing, share } = conceptsKept(concepts, text);
  const verdict = (problem: string | null): Verdict => ({ problem, share });
  if (text === '') return verdict('was empty');
  if (hasControlCharacters(text)) return verdict('had control characters');
  if (isTalk(text)) return verdict('was no prompt, but words about it');
  if (text.length > limit) return verdict(`had ${text.length} characters; limit ${limit}`);
  if (text.length < Math.min(limit, inputLength) * leastLength) {
    return verdict(`had only ${text.length} characters, which is too little to keep what matters`);
  }
  if (share < leastShare) {
    return verdict(
      `lost too much (${Math.floor(share * 100)} % of what matters was kept); missing: ${missing.slice(0, mostNamed).join('; ')}`,
    );
  }
  return verdict(null);
}
