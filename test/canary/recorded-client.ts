import { createHash } from 'node:crypto';
import type { Served } from '../server/start-serve.ts';
import type { Evidence } from './find-secrets.ts';

export interface Answered<Answer> {
  readonly status: number;
  readonly answer: Answer;
}

export interface RecordedClient {
  /** Everything that was ever answered, the same bytes once. */
  readonly evidence: () => Evidence[];
  /** How many events came. */
  readonly eventCount: () => number;
  get(path: string, init?: RequestInit): Promise<{ status: number; bytes: Buffer }>;
  /** An operation of the contract, whatever it answers. */
  call<Answer>(operation: string, input?: unknown): Promise<Answered<Answer>>;
  /** Reads events until `stop`. */
  listen(): Promise<void>;
  stop(): Promise<void>;
}

/** Talks to `easel serve` and keeps every byte of every answer, headers included. */
export function recordedClient({ get }: Pick<Served, 'get'>): RecordedClient {
  const kept = new Map<string, Evidence>();
  const keep = (place: string, bytes: Buffer): void => {
    kept.set(createHash('sha256').update(bytes).digest('hex'), { place, bytes });
  };
  const controller = new AbortController();
  const events: Buffer[] = [];
  let reading: Promise<void> = Promise.resolve();

  const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; bytes: Buffer }> => {
    const answer = await get(path, init);
    const bytes = Buffer.from(await answer.arrayBuffer());
    keep(`the answer of ${path}`, bytes);
    keep(`the headers of ${path}`, Buffer.from(JSON.stringify([...answer.headers])));
    return { status: answer.status, bytes };
  };
  const rpc = (input: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  const eventText = (): string => Buffer.concat(events).toString();

  return {
    evidence: () => [...kept.values(), { place: 'the events', bytes: Buffer.concat(events) }],
    eventCount: () => eventText().split(/^data:/m).length - 1,
    get: ask,
    call: async <Answer>(operation: string, input?: unknown): Promise<Answered<Answer>> => {
      const { status, bytes } = await ask(`/rpc/${operation}`, rpc(input));
      return { status, answer: (JSON.parse(bytes.toString()) as { json: Answer }).json };
    },
    listen: async () => {
      const answer = await get('/rpc/system/events', { ...rpc(undefined), signal: controller.signal });
      if (answer.status !== 200 || !answer.body) throw new Error(`no events: ${answer.status}`);
      const body: AsyncIterable<Uint8Array> = answer.body;
      reading = (async () => {
        for await (const part of body) events.push(Buffer.from(part));
      })().catch((error: unknown) => {
        if (!controller.signal.aborted) throw error;
      });
    },
    stop: async () => {
      controller.abort();
      await reading;
    },
  };
}
