import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Job } from '../../shared/models/job.ts';
import { translate } from '../i18n/i18n.ts';
import type { Notify } from '../ui/toast.ts';
import type { GenerateOptions } from './compose-store.ts';

/** Generate forever: when the job it made has ended well, the next one is queued with what is in the editor then. */
export interface KeepGeneratingState {
  readonly on: boolean;
  /** How many of its jobs ended well since it was switched on. */
  readonly done: number;
  readonly start: () => void;
  /** The job under way goes on; no other follows it. */
  readonly stop: () => void;
}

export interface KeepGeneratingParts {
  readonly generate: (options: GenerateOptions) => Promise<Job | null>;
  /** The jobs as they are known now, and word of each change: from a push or from loading anew after the program was gone. */
  readonly jobs: {
    readonly now: () => Readonly<Record<string, Job>>;
    readonly subscribe: (changed: () => void) => () => void;
  };
  readonly notify: Notify;
  /** Says it to people who use a screen reader. */
  readonly announce: (text: string) => void;
}

type Reason = 'failed' | 'cancelled' | 'gone' | 'notQueued';

/** Off whenever the page is opened: nobody should find it still running. */
export function createKeepGeneratingStore(parts: KeepGeneratingParts): StoreApi<KeepGeneratingState> {
  return createStore<KeepGeneratingState>((set, get) => {
    /** The job that is waited for; `seen`: the list of jobs has held it. */
    let awaited: { readonly id: string; seen: boolean } | null = null;
    let leave: () => void = () => undefined;
    /** Each time it is switched on is a run of its own: answers to an older one count for nothing. */
    let run = 0;

    const end = (): void => {
      leave();
      run += 1;
      awaited = null;
      set({ on: false });
    };
    const endBecause = (reason: Reason): void => {
      end();
      parts.notify({ kind: 'info', message: translate(`compose:keepGenerating.stoppedBy.${reason}`) });
    };

    const queueNext = async (): Promise<void> => {
      const own = run;
      awaited = null;
      // A seed that is kept would make the same picture again.
      const job = await parts.generate({ front: false, newSeed: true });
      if (own !== run) return;
      if (job === null) {
        endBecause('notQueued');
        return;
      }
      awaited = { id: job.id, seen: false };
      look();
    };

    /** Acts on how the awaited job stands now. */
    const look = (): void => {
      if (awaited === null) return;
      const job = parts.jobs.now()[awaited.id];
      if (job === undefined) {
        // It may not be in the list yet; once it was, it has been cleared away or belongs to another library.
        if (awaited.seen) endBecause('gone');
        return;
      }
      awaited.seen = true;
      switch (job.state) {
        case 'queued':
        case 'running':
          return;
        case 'succeeded':
          set(({ done }) => ({ done: done + 1 }));
          void queueNext();
          return;
        case 'cancelled':
          endBecause('cancelled');
          return;
        case 'failed':
        case 'needs_attention':
          endBecause('failed');
      }
    };

    return {
      on: false,
      done: 0,
      start: () => {
        if (get().on) return;
        set({ on: true, done: 0 });
        leave = parts.jobs.subscribe(look);
        parts.announce(translate('compose:keepGenerating.started'));
        void queueNext();
      },
      stop: () => {
        if (!get().on) return;
        end();
        parts.announce(translate('compose:keepGenerating.stopped', { count: get().done }));
      },
    };
  });
}
