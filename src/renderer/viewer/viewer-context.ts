import { createStoreContext } from '../ui/store-context.tsx';
import type { AltTextState } from './alt-text-store.ts';
import type { ViewerState } from './viewer-store.ts';

export const altTextContext = createStoreContext<AltTextState>('alternative text');
export const viewerContext = createStoreContext<ViewerState>('viewer');
