import { createStoreContext } from '../ui/store-context.tsx';
import type { AnalyticsState } from './analytics-store.ts';

export const analyticsContext = createStoreContext<AnalyticsState>('analytics');
