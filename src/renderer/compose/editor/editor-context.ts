import { createStoreContext } from '../../ui/store-context.tsx';
import type { DrawPreviewState } from './draw-preview-store.ts';
import type { PromptWalkState } from './prompt-walk-store.ts';

export const drawPreviewContext = createStoreContext<DrawPreviewState>('draw preview');
export const promptWalkContext = createStoreContext<PromptWalkState>('prompt walk');
