import { createStoreContext } from '../store-context.tsx';
import type { JobsState } from './jobs-store.ts';
import type { KeysState } from './keys-store.ts';
import type { ProvidersState } from './providers-store.ts';
import type { RecentState } from './recent-store.ts';
import type { RoutingStore } from './routing-store.ts';
import type { SettingsState } from './settings-store.ts';
import type { SystemState } from './system-store.ts';
import type { ViewState } from './view-store.ts';

/** What several features look at. Each is made in main.tsx and given to the page by app.tsx. */
export const systemContext = createStoreContext<SystemState>('system');
export const settingsContext = createStoreContext<SettingsState>('settings');
export const keysContext = createStoreContext<KeysState>('keys');
export const providersContext = createStoreContext<ProvidersState>('providers');
export const jobsContext = createStoreContext<JobsState>('jobs');
export const routingContext = createStoreContext<RoutingStore>('routing');
export const recentContext = createStoreContext<RecentState>('recent');
export const viewContext = createStoreContext<ViewState>('view');
