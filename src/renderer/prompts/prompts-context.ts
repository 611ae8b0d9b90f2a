import { createStoreContext } from '../ui/store-context.tsx';
import type { HistoryState } from './history-store.ts';
import type { QueueListState } from './queue-list-store.ts';
import type { SavedState } from './saved-store.ts';
import type { WildcardsState } from './wildcards-store.ts';

export const historyContext = createStoreContext<HistoryState>('history of prompts');
export const savedContext = createStoreContext<SavedState>('saved prompts');
export const queueListContext = createStoreContext<QueueListState>('list of prompts');
export const wildcardsContext = createStoreContext<WildcardsState>('wildcards');
