import { Ollama, type ChatRequest } from 'ollama';
import { createPromptTools } from '../../src/main/prompts/prompt-tools.ts';
import { silentLog } from '../../src/main/log.ts';
import { OllamaSettings } from '../../src/shared/models/ollama.ts';
import { optimizedPromptLength } from '../../src/shared/prompt-text/limits.ts';
import { longPrompt } from '../ollama/long-prompt.ts';
import { ratioRow, type Figure } from './figure.ts';
import { compare, timeEachAwaited } from './rounds.ts';
import { startProcess } from './start-process.ts';
import { median } from './statistics.ts';

const answerMs = 200;
const callsPerRound = 8;
const prompt = longPrompt(9000);

/** Gate, markers, the question, the answer's checks and the count of key concepts, against the official client's call alone. */
export const optimize: Figure = {
  id: 'optimize',
  title: `Shortening 9,000 characters with an Ollama that takes ${answerMs} ms`,
  async measure() {
    const words = ['test/fakes/ollama/main.ts', '--answer-ms', String(answerMs)] as const;
    const standIn = await startProcess<{ url: string }>([...words]);
    const { url } = standIn.answer;
    const tools = createPromptTools({
      settings: () => OllamaSettings.parse({}),
      environment: { EASEL_OLLAMA_URL: url },
      picture: () => {
        throw new Error('There are no pictures here.');
      },
      comfyui: () => ({ enabled: false, url: null }),
      log: silentLog,
      now: Date.now,
    });
    let number = 0;
    const ours = async (): Promise<void> => {
      number += 1;
      const wish = { prompt: `${prompt}, take ${number}`, limit: optimizedPromptLength };
      const { by, attempts, reason } = await tools.optimizer.optimize({ ...wish, onText: () => undefined });
      if (by !== 'ollama' || attempts !== 1) throw new Error(`It was shortened by ${by}: ${reason ?? ''}`);
    };
    await ours();
    const request = await lastRequest(url);
    const client = new Ollama({ host: url });
    const bare = async (): Promise<void> => {
      let text = '';
      const answer = await client.chat({ ...request, stream: true });
      for await (const { message } of answer) text += message.content;
      JSON.parse(text);
    };
    const measured = await compare({
      ours: () => timeEachAwaited(callsPerRound, ours),
      baseline: () => timeEachAwaited(callsPerRound, bare),
    });
    await tools.close();
    await standIn.stop();
    return [ratioRow('p50', measured, { statistic: median, kind: 'time', limit: { atMost: 1.05 } })];
  },
};

/** What Easel sent, so that both sides ask for the same. */
async function lastRequest(url: string): Promise<ChatRequest> {
  const answer = await fetch(`${url}/__fake/state`);
  const { chats } = (await answer.json()) as { chats: readonly { request: ChatRequest }[] };
  const last = chats.at(-1)?.request;
  if (!last) throw new Error('Nothing was asked.');
  return last;
}
