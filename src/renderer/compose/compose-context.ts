import { createStoreContext } from '../ui/store-context.tsx';
import type { ComposeState } from './compose-store.ts';
import type { KeepGeneratingState } from './keep-generating-store.ts';
import type { RouteState } from './route-store.ts';
import type { StageState } from './stage-store.ts';

export const composeContext = createStoreContext<ComposeState>('compose');
export const keepGeneratingContext = createStoreContext<KeepGeneratingState>('keep generating');
export const routeContext = createStoreContext<RouteState>('route');
export const stageContext = createStoreContext<StageState>('stage');
