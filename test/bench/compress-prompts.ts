import { longestPrompt } from '../../src/shared/models/generation-request.ts';
import { compressPrompt } from '../../src/shared/prompt-text/compress-prompt.ts';
import { optimizedPromptLength } from '../../src/shared/prompt-text/limits.ts';
import { valueRow, type Figure } from './figure.ts';
import { longPrompts } from './long-prompts.ts';
import { timeEach, timeEachUndisturbed, usualRounds } from './rounds.ts';
import { p99 } from './statistics.ts';

const compressions = 100;

/** The local compressor, which stands in where Ollama can't. */
export const compressPrompts: Figure = {
  id: 'compress',
  title: `Compressing a prompt of ${longestPrompt.toLocaleString('en')} characters`,
  measure() {
    const rows = [optimizedPromptLength, 1_000].map((limit) => {
      const compress = (at: number): string => compressPrompt(longPrompts[at % longPrompts.length] ?? '', { limit });
      timeEach(compressions, compress);
      const rounds = Array.from({ length: usualRounds }, () => timeEachUndisturbed(compressions, compress));
      return valueRow(`to ${limit.toLocaleString('en')} characters: p99`, 'ms', rounds.map(p99), {
        atMost: 50,
      });
    });
    return Promise.resolve(rows);
  },
};
