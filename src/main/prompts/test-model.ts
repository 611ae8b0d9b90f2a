import { AppError } from '../../shared/errors.ts';
import type { OllamaTest } from '../../shared/models/ollama.ts';
import type { ChatDeadlines } from '../ollama/chat.ts';
import { isSameModel, leastThinking } from '../ollama/model-names.ts';
import { missingModel } from '../ollama/ollama-problem.ts';
import type { Ollama } from '../ollama/ollama.ts';

const contextTokens = 8192;
const shownCharacters = 500;

/** Lets a model name three colours, and measures. Throws AppError. */
export async function testModel(options: {
  ollama: Pick<Ollama, 'models' | 'chat'>;
  model: string;
  deadlines: ChatDeadlines;
  now: () => number;
  signal?: AbortSignal | undefined;
}): Promise<OllamaTest> {
  const { ollama, model: name, deadlines, now, signal } = options;
  const model = (await ollama.models()).find((one) => isSameModel(one.name, name));
  if (!model) throw missingModel(name);
  const think = leastThinking(model.name, model.abilities);
  const startedAt = now();
  let firstAt: number | null = null;
  let text = '';
  let tokens = 0;
  for await (const piece of ollama.chat({
    model: model.name,
    messages: [{ role: 'user', content: 'Name three colours of a sunset, separated by commas, and nothing else.' }],
    ...(think === null ? {} : { think }),
    options: { temperature: 0, num_ctx: contextTokens, num_predict: 1000 },
    ...(signal ? { signal } : {}),
    deadlines,
    mostCharacters: 5000,
  })) {
    firstAt ??= now();
    if (piece.kind === 'text') text += piece.text;
    if (piece.kind === 'end') tokens = piece.stats.answerTokens;
  }
  if (text.trim() === '') throw new AppError('server', `${model.name} answered nothing. Choose another model.`);
  const writingMs = Math.max(1, now() - (firstAt ?? startedAt));
  return {
    model: model.name,
    text: text.trim().slice(0, shownCharacters),
    firstMs: (firstAt ?? now()) - startedAt,
    ms: now() - startedAt,
    tokensPerSecond: tokens === 0 ? null : Math.round((tokens / writingMs) * 10_000) / 10,
  };
}
