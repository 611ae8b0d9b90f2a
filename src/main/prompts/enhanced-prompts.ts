import { LRUCache } from 'lru-cache';
import type { PromptStyle } from '../../shared/models/prompt-style.ts';
import { applyStyles } from '../../shared/prompt-text/apply-styles.ts';

/** About the prompts of one sitting. */
const kept = 128;

type Question = Omit<Parameters<typeof applyStyles>[0], 'all'>;
type Answer = Readonly<ReturnType<typeof applyStyles>>;

/** `applyStyles` with its last 128 answers at hand. What a change of the styles made wrong is forgotten. */
export function createEnhancedPrompts({ styles }: { readonly styles: () => readonly PromptStyle[] }) {
  const answers = new LRUCache<string, Answer>({ max: kept });
  let made = styles();
  let hits = 0;
  let misses = 0;
  return {
    enhance: (question: Question): Answer => {
      const all = styles();
      if (all !== made) answers.clear();
      made = all;
      const { prompt, negativePrompt, family } = question;
      const key = JSON.stringify([prompt, negativePrompt, family, question.styles, question.enhancers]);
      const known = answers.get(key);
      if (known) {
        hits += 1;
        return known;
      }
      misses += 1;
      const answer = applyStyles({ ...question, all });
      answers.set(key, answer);
      return answer;
    },
    /** Since the start of this program. */
    counts: (): { hits: number; misses: number } => ({ hits, misses }),
  };
}
