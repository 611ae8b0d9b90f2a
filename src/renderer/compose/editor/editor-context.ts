import { createStoreContext } from '../../ui/store-context.tsx';
import type { AssistantState } from './assistant-store.ts';
import type { DrawPreviewState } from './draw-preview-store.ts';
import type { PromptWalkState } from './prompt-walk-store.ts';
import type { StylesState } from './styles-store.ts';
import type { WildcardNamesState } from './wildcard-names-store.ts';

export const assistantContext = createStoreContext<AssistantState>('assistant');
export const drawPreviewContext = createStoreContext<DrawPreviewState>('draw preview');
export const promptWalkContext = createStoreContext<PromptWalkState>('prompt walk');
export const stylesContext = createStoreContext<StylesState>('styles');
export const wildcardNamesContext = createStoreContext<WildcardNamesState>('wildcard names');
