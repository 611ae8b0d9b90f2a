import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import { GenerationRequest, type GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import { translate } from '../i18n/i18n.ts';
import type { Notify } from '../ui/toast.ts';
import type { PromptListInput } from './prompt-list-input.ts';

type ListPlan = Awaited<ReturnType<Client['prompts']['planList']>>;

/** A list of prompts on its way to the queue. */
export interface QueueListState {
  readonly list: PromptListInput | null;
  /** What it would come to; null until that is known. */
  readonly plan: ListPlan | null;
  readonly error: ErrorReport | null;
  readonly isPlanning: boolean;
  readonly isQueuing: boolean;
  /** Null: puts it away. `request` gives all that is not in the list; null where the editor has no model. */
  readonly setList: (list: PromptListInput | null, request: GenerationRequestInput | null) => Promise<void>;
  /** Whether all of it is in the queue. Then the list is put away. */
  readonly queue: (request: GenerationRequestInput | null) => Promise<boolean>;
}

/** The words come from the list; a request must have some. */
const anyPrompt = 'a picture';
const nothing = { list: null, plan: null, error: null, isPlanning: false, isQueuing: false } as const;

function commonRequest(request: GenerationRequestInput | null): GenerationRequest | ErrorReport {
  const common = request === null ? null : GenerationRequest.safeParse({ ...request, prompt: anyPrompt });
  if (common?.success === true) return common.data;
  return { code: 'badInput', message: translate('prompts:queue.noRequest') };
}

export function createQueueListStore(parts: {
  readonly client: Pick<Client, 'prompts'>;
  readonly notify: Notify;
}): StoreApi<QueueListState> {
  const { prompts: calls } = parts.client;
  return createStore<QueueListState>((set, get) => {
    /** An older plan never wins over a newer one. */
    let latest = 0;
    return {
      ...nothing,
      setList: async (list, given) => {
        const own = ++latest;
        if (list === null) {
          set(nothing);
          return;
        }
        const request = commonRequest(given);
        if ('message' in request) {
          set({ ...nothing, list, error: request });
          return;
        }
        set({ list, error: null, isPlanning: true });
        try {
          const plan = await calls.planList({ ...list, request });
          if (own === latest) set({ plan, isPlanning: false });
        } catch (error) {
          if (own === latest) set({ plan: null, error: readError(error), isPlanning: false });
        }
      },
      queue: async (given) => {
        const { list, isQueuing } = get();
        const request = commonRequest(given);
        if (list === null || isQueuing || 'message' in request) return false;
        set({ isQueuing: true, error: null });
        try {
          const { jobs } = await calls.queueList({ ...list, request });
          latest += 1;
          set(nothing);
          parts.notify({ kind: 'info', message: translate('prompts:queue.queued', { count: jobs }) });
          return true;
        } catch (error) {
          set({ error: readError(error), isQueuing: false });
          return false;
        }
      },
    };
  });
}
