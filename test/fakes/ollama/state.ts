import type { ChatRequest } from './chat-request.ts';
import { createFaults } from './faults.ts';
import { catalogue, fullName, type InstalledModel } from './models.ts';

export interface Settings {
  /** Before 0.12.0, gpt-oss answers nothing where a schema is given, and the list of models tells no capabilities. */
  version: string;
  /** From the first piece of an answer to its last, in milliseconds. */
  answerMs: number;
  /** How long a model takes to load that is not. */
  loadMs: number;
  /** How long a model is still listed after it was told to go. */
  unloadMs: number;
  /** How long a pull takes. */
  pullMs: number;
  /** Answers everybody with 403, as it does whoever comes under a foreign name. */
  refusesHost: boolean;
}

/** A chat as the server saw it. `closed`: the other side went away before the end, and the model stopped. */
export interface SeenChat {
  readonly request: ChatRequest;
  state: 'waiting' | 'writing' | 'done' | 'closed';
  /** Pieces that were written. */
  pieces: number;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface State {
  readonly settings: Settings;
  readonly faults: ReturnType<typeof createFaults>;
  readonly installed: Map<string, InstalledModel>;
  /** Names of the models in memory. */
  readonly loaded: Set<string>;
  /** Bytes that earlier pulls have brought, by model. */
  readonly pulled: Map<string, number>;
  readonly chats: SeenChat[];
  readonly requests: SeenRequest[];
  /** One answer at a time for each model: the last one that is being waited for. */
  readonly turns: Map<string, Promise<void>>;
}

export function createState(settings: Settings, installed: readonly string[]): State {
  const models = installed.map((name) => knownModel(name));
  return {
    settings,
    faults: createFaults(),
    installed: new Map(models.map((model) => [model.name, model])),
    loaded: new Set(),
    pulled: new Map(),
    chats: [],
    requests: [],
    turns: new Map(),
  };
}

/** A model that can be pulled; names nobody has heard of count as small ones. */
export function knownModel(name: string): InstalledModel {
  const full = fullName(name);
  return (
    catalogue.find((model) => model.name === full) ?? {
      name: full,
      family: 'llama',
      parameterSize: '1.2B',
      quantization: 'Q8_0',
      size: 1_300_000_000,
      capabilities: ['completion'],
    }
  );
}

export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
