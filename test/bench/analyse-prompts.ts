import { longestPrompt } from '../../src/shared/models/generation-request.ts';
import { analysePrompt } from '../../src/shared/prompt-text/analyse-prompt.ts';
import { valueRow, type Figure } from './figure.ts';
import { longPrompts } from './long-prompts.ts';
import { timeEach, timeEachUndisturbed, usualRounds } from './rounds.ts';
import { median, p99 } from './statistics.ts';

const analyses = 300;
const knownWildcards = Array.from({ length: 500 }, (_, at) => `folder/wildcard_${at}`);
const knownLoras = Array.from({ length: 500 }, (_, at) => `folder/lora_${at}.safetensors`);

/** What is reckoned at each key that is pressed, for the longest prompt there may be. */
export const analysePrompts: Figure = {
  id: 'analyse',
  title: `Analysing a prompt of ${longestPrompt.toLocaleString('en')} characters`,
  measure() {
    const analyse = (at: number): unknown =>
      analysePrompt(longPrompts[at % longPrompts.length] ?? '', { knownLoras, knownWildcards });
    timeEach(analyses, analyse);
    const rounds = Array.from({ length: usualRounds }, () => timeEachUndisturbed(analyses, analyse));
    return Promise.resolve([
      valueRow('median', 'ms', rounds.map(median)),
      valueRow('p99', 'ms', rounds.map(p99), { atMost: 5 }),
    ]);
  },
};
