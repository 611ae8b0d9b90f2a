import { createStoreContext } from '../ui/store-context.tsx';
import type { OllamaState } from './ollama-store.ts';

export const ollamaContext = createStoreContext<OllamaState>('ollama');
