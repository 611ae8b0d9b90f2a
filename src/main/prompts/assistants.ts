import { AppError } from '../../shared/errors.ts';
import {
  assistantTasks,
  type AssistantAvailability,
  type AssistantEvent,
  type AssistantTask,
  type AssistantWish,
} from '../../shared/models/assistants.ts';
import { longestPrompt } from '../../shared/models/generation-request.ts';
import { isVideoFormat, type ImageFormat } from '../../shared/models/image.ts';
import type { OllamaModel, OllamaSettings } from '../../shared/models/ollama.ts';
import { smallJpeg } from '../files/small-jpeg.ts';
import type { ChatDeadlines } from '../ollama/chat.ts';
import { leastThinking } from '../ollama/model-names.ts';
import type { Ollama } from '../ollama/ollama.ts';
import { askAssistant } from './assistant-words.ts';
import { hasControlCharacters, isTalk } from './check-answer.ts';
import { createGate } from './ollama-gate.ts';
import { usualDeadlines } from './optimize-prompt.ts';

/** The small helps of the editor. Nothing of what they write is used before the user says so. */
export interface Assistants {
  available(): Promise<AssistantAvailability[]>;
  /** Throws AppError, or the reason of the signal; then the model has stopped. */
  run(wish: AssistantWish, signal?: AbortSignal): AsyncGenerator<AssistantEvent, void, void>;
}

export interface AssistantsOptions {
  readonly ollama: Pick<Ollama, 'status' | 'models' | 'chat'>;
  readonly settings: () => OllamaSettings;
  readonly now: () => number;
  /** A picture of the library, or one of its inputs. Throws AppError. */
  readonly picture: (wish: { imageId?: string | undefined; inputId?: string | undefined }) => {
    readonly path: string;
    readonly format: ImageFormat;
  };
  readonly beforeLoading?: () => Promise<void>;
  /** In place of the usual ones. */
  readonly deadlines?: Partial<ChatDeadlines>;
}

/** Pixels; what models that see are made for, and no more is sent. */
const pictureSide = 1024;
/** The same as for shortening, or the model would be loaded anew each time. */
const contextTokens = 8192;
const answerTokens = 4000;
/** Characters of a line that says what comes. */
const longestIntroduction = 120;
/** How freely each is written. */
const temperatures: Readonly<Record<AssistantTask, number>> = {
  expand: 0.8,
  rewrite: 0.7,
  translate: 0.1,
  negative: 0.4,
  describe: 0.3,
};

export function createAssistants(options: AssistantsOptions): Assistants {
  const { ollama, settings, now, picture, beforeLoading } = options;
  const gate = createGate({ ollama, settings, now });
  const abilityFor = (task: AssistantTask): 'see' | 'write' => (task === 'describe' ? 'see' : 'write');

  async function* run(wish: AssistantWish, signal?: AbortSignal): AsyncGenerator<AssistantEvent, void, void> {
    const startedAt = now();
    checkWish(wish);
    const image = wish.task === 'describe' ? await pictureOf(picture(wish)) : null;
    const answer = await gate.ask(abilityFor(wish.task));
    if (answer.model === null) throw new AppError('wrongState', answer.reason);
    const { model } = answer;
    yield { kind: 'model', model: model.name };
    let text = '';
    let reason = '';
    let thinks = false;
    const think = leastThinking(model.name, model.abilities);
    for await (const piece of ollama.chat({
      model: model.name,
      messages: askAssistant(wish, image),
      ...(think === null ? {} : { think }),
      options: { temperature: temperatures[wish.task], num_ctx: contextTokens, num_predict: answerTokens },
      ...(signal ? { signal } : {}),
      deadlines: { ...usualDeadlines, answerMs: settings().seconds * 1000, ...options.deadlines },
      mostCharacters: longestPrompt,
      ...(beforeLoading ? { beforeLoading } : {}),
    })) {
      if (piece.kind === 'end') reason = piece.reason;
      else if (piece.kind === 'text') {
        text += piece.text;
        yield piece;
      } else if (!thinks) {
        thinks = true;
        yield { kind: 'thinking' };
      }
    }
    const result = {
      text: checked(text, reason, model),
      model: model.name,
      digest: model.digest,
      ms: now() - startedAt,
    };
    yield { kind: 'done', result };
  }

  return {
    run,
    available: () =>
      Promise.all(
        assistantTasks.map(async (task) => {
          const answer = await gate.ask(abilityFor(task));
          if (answer.model === null) return { task, model: null, reason: answer.reason };
          return { task, model: answer.model.name, reason: null };
        }),
      ),
  };
}

function checkWish({ task, text, style, imageId, inputId }: AssistantWish): void {
  if (task === 'describe') {
    if (imageId === undefined && inputId === undefined) {
      throw new AppError('badInput', 'Choose the picture that is to be described.');
    }
    return;
  }
  if (text.trim() === '') throw new AppError('badInput', 'Write a prompt first; there is nothing to work on yet.');
  if (task === 'rewrite' && style === undefined) throw new AppError('badInput', 'Say in which style to rewrite it.');
}

async function pictureOf({ path, format }: { path: string; format: ImageFormat }): Promise<string> {
  if (isVideoFormat(format)) throw new AppError('badInput', 'A video can not be described. Choose a picture.');
  return (await smallJpeg(path, pictureSide)).toString('base64');
}

/** The text without what models put around it. Throws AppError where it is none that could be used. */
function checked(text: string, reason: string, { name }: OllamaModel): string {
  const refuse = (problem: string): never => {
    throw new AppError('server', `${name} ${problem} Try again, or choose another model.`, {
      answer: text.slice(0, 500),
    });
  };
  if (reason !== 'stop') return refuse('reached its limit before it had finished.');
  const bare = withoutWrapping(text);
  if (bare === '') return refuse('answered nothing.');
  if (hasControlCharacters(bare)) return refuse('answered with characters that no text has.');
  if (isTalk(bare)) return refuse('talked about the task instead of doing it.');
  return bare;
}

/**
 * Thoughts that ended up in the text, an introduction on a line of its own, fences, quotation marks around all, line breaks. Line by
 * line: a pattern over all of them could take minutes with an answer of empty lines.
 */
function withoutWrapping(text: string): string {
  const lines = text
    .replace(/^[\s\S]*<\/think>/i, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^```\w*$/.test(line));
  const [first = ''] = lines;
  const isIntroduced = lines.length > 1 && first.length <= longestIntroduction && first.endsWith(':') && isTalk(first);
  return lines
    .slice(isIntroduced ? 1 : 0)
    .join(' ')
    .replace(/^(["“])([^"“”]*)["”]$/, '$2')
    .trim();
}
