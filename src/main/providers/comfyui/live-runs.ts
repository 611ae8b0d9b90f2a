import type { Http } from '../http-types.ts';
import type { TaskProgress, WatchEvent } from '../provider.ts';
import { SocketMessage } from './answers.ts';
import { createConnection } from './connection.ts';
import { parseFrame } from './frames.ts';
import { advanceNode, enterNode, startRun, type RunProgress } from './run-progress.ts';

type Listener = (event: WatchEvent) => void;

/** What is heard of our runs while they run. Everything here is a convenience: how a run ended is asked, never heard. */
export interface LiveRuns {
  /** The id to submit with; waits for the socket at most `waitMs`. */
  clientId(waitMs: number): Promise<string>;
  /** A run is about to be posted: events can come before the answer does. */
  expect(attemptId: string, classes: Readonly<Record<string, string>>): void;
  /** The server calls this run something else. */
  rename(attemptId: string, promptId: string): void;
  watch(attemptId: string, listener: Listener): () => void;
  progressOf(attemptId: string): TaskProgress | null;
  isOpen(): boolean;
  /** The run has ended. */
  forget(attemptId: string): void;
  close(): void;
}

/** The queue of a busy server changes often; the question what became of ours is asked no more often than this. */
const statusPauseMs = 250;

function parseMessage(text: string): SocketMessageOrNull {
  try {
    return SocketMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
type SocketMessageOrNull = ReturnType<typeof SocketMessage.parse> | null;

export function createLiveRuns(http: Http, idleMs: number): LiveRuns {
  const runs = new Map<string, RunProgress>();
  const attemptByPrompt = new Map<string, string>();
  const listeners = new Map<string, Set<Listener>>();
  let isNegotiated = false;
  let executing: string | null = null;
  let idle: NodeJS.Timeout | null = null;
  let statusTimer: NodeJS.Timeout | null = null;

  const tell = (attemptId: string, event: WatchEvent): void => {
    for (const listener of listeners.get(attemptId) ?? []) listener(event);
  };
  const tellAll = (event: WatchEvent): void => {
    for (const attemptId of listeners.keys()) tell(attemptId, event);
  };
  const update = (attemptId: string, change: (run: RunProgress) => RunProgress): void => {
    const before = runs.get(attemptId) ?? startRun({});
    const after = change(before);
    runs.set(attemptId, after);
    if (after.progress && after.progress !== before.progress)
      tell(attemptId, { kind: 'progress', progress: after.progress });
  };
  const ourAttempt = (promptId: string | null | undefined): string | null => {
    if (!promptId) return null;
    const attemptId = attemptByPrompt.get(promptId) ?? promptId;
    return runs.has(attemptId) || listeners.has(attemptId) ? attemptId : null;
  };

  const hear = (text: string): void => {
    const message = parseMessage(text);
    if (!message) return;
    const { type, data } = message;
    if (type === 'feature_flags') {
      isNegotiated = data?.supports_preview_metadata === true;
      return;
    }
    if (type === 'status') {
      statusTimer ??= setTimeout(() => {
        statusTimer = null;
        tellAll({ kind: 'collectNow' });
      }, statusPauseMs).unref();
      return;
    }
    const attemptId = ourAttempt(data?.prompt_id);
    if (attemptId === null) return;
    const node = data?.node ?? null;
    if (type === 'executing' && node === null) {
      executing = null;
      tell(attemptId, { kind: 'collectNow' });
    } else if (type === 'executing' && node !== null) {
      executing = attemptId;
      update(attemptId, (run) => enterNode(run, node));
    } else if (type === 'progress' && node !== null) {
      update(attemptId, (run) => advanceNode(run, node, data?.value ?? 0, data?.max ?? 0));
    } else if (type === 'execution_error' || type === 'execution_interrupted') {
      tell(attemptId, { kind: 'collectNow' });
    }
  };

  const see = (bytes: Uint8Array): void => {
    const frame = parseFrame(bytes);
    if (!frame) return;
    // After the negotiation a frame without a name belongs to somebody's prompt without a client; before it, to what we hear running.
    const attemptId = frame.promptId !== null ? ourAttempt(frame.promptId) : isNegotiated ? null : executing;
    if (attemptId !== null) tell(attemptId, { kind: 'preview', bytes: frame.bytes, mimeType: frame.mimeType });
  };

  const connection = createConnection(http, {
    opened: () => {
      isNegotiated = false;
      executing = null;
      tellAll({ kind: 'collectNow' });
    },
    text: hear,
    frame: see,
    isWanted: () => listeners.size > 0,
  });

  const stayOrGo = (): void => {
    if (idle) clearTimeout(idle);
    idle = null;
    if (listeners.size === 0) idle = setTimeout(() => connection.drop(), idleMs).unref();
  };

  return {
    isOpen: () => connection.isOpen(),
    async clientId(waitMs) {
      stayOrGo();
      return connection.clientId(waitMs);
    },
    expect(attemptId, classes) {
      runs.set(attemptId, startRun(classes));
    },
    rename(attemptId, promptId) {
      if (promptId !== attemptId) attemptByPrompt.set(promptId, attemptId);
    },
    watch(attemptId, listener) {
      const mine = listeners.get(attemptId) ?? new Set<Listener>();
      listeners.set(attemptId, mine.add(listener));
      stayOrGo();
      connection.open();
      const known = runs.get(attemptId)?.progress;
      if (known) listener({ kind: 'progress', progress: known });
      return () => {
        mine.delete(listener);
        if (mine.size > 0) return;
        if (listeners.get(attemptId) === mine) listeners.delete(attemptId);
        stayOrGo();
      };
    },
    progressOf: (attemptId) => runs.get(attemptId)?.progress ?? null,
    forget(attemptId) {
      runs.delete(attemptId);
      for (const [promptId, attempt] of attemptByPrompt) if (attempt === attemptId) attemptByPrompt.delete(promptId);
    },
    close() {
      if (idle) clearTimeout(idle);
      if (statusTimer) clearTimeout(statusTimer);
      listeners.clear();
      runs.clear();
      connection.drop();
    },
  };
}
