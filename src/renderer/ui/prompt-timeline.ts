import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { PromptDraw, PromptFitting, PromptStages, PromptText } from '../../shared/models/prompt-stages.ts';
import type { EditorWords } from './editor-context.ts';

/** One stage of a prompt on its way to a picture. */
export interface PromptStep {
  readonly kind: 'typed' | 'resolved' | 'optimized' | 'revised';
  readonly text: PromptText;
  /** Of the stage before; null for the first one. */
  readonly before: PromptText | null;
  /** What the editor takes from it. Only the first one is not finished: styles and draws are still to come. */
  readonly words: EditorWords;
  readonly draws: readonly PromptDraw[];
  /** Names of styles and enhancers that were applied. */
  readonly styles: readonly string[];
  /** How it was made to fit; null at the other stages. */
  readonly fitting: PromptFitting | null;
}

interface Told {
  readonly stages: PromptStages | null;
  /** What was sent. */
  readonly request: PromptText;
  readonly revisedPrompt: string | null;
}

const isSame = (one: PromptText, other: PromptText): boolean =>
  one.prompt === other.prompt && one.negativePrompt === other.negativePrompt;
const nothing = { draws: [], styles: [], fitting: null } as const;

/** The stages at which something happened, after what was typed. Only that one: nothing happened. */
export function promptTimeline({ stages, request, revisedPrompt }: Told): PromptStep[] {
  const typed: PromptText = stages?.typed ?? request;
  const options = stages?.options ?? noPromptOptions;
  const steps: PromptStep[] = [
    { kind: 'typed', text: typed, before: null, words: { ...wordsOf(typed), options }, ...nothing },
  ];
  const add = (kind: PromptStep['kind'], text: PromptText, more: Partial<typeof nothing | PromptStep>): void => {
    const before = steps.at(-1)?.text ?? typed;
    steps.push({ kind, text, before, words: { ...wordsOf(text), options: noPromptOptions }, ...nothing, ...more });
  };
  if (stages !== null) {
    const { resolved, optimized } = stages;
    if (!isSame(resolved, typed) || resolved.draws.length > 0) add('resolved', resolved, { draws: resolved.draws });
    const { fitting } = optimized;
    if (!isSame(optimized, resolved) || fitting.by !== 'none') {
      add('optimized', optimized, { fitting, styles: [...options.styles, ...options.enhancers] });
    }
  }
  const sent = steps.at(-1)?.text ?? typed;
  if (revisedPrompt !== null && revisedPrompt !== sent.prompt) {
    add('revised', { prompt: revisedPrompt, negativePrompt: sent.negativePrompt }, {});
  }
  return steps;
}

const wordsOf = ({ prompt, negativePrompt }: PromptText): PromptText => ({ prompt, negativePrompt });
