import { createStoreContext } from '../ui/store-context.tsx';
import type { ViewerState } from './viewer-store.ts';

export const viewerContext = createStoreContext<ViewerState>('viewer');
