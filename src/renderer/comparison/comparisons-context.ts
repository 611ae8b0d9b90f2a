import { createStoreContext } from '../ui/store-context.tsx';
import type { ComparisonsState } from './comparisons-store.ts';

export const comparisonsContext = createStoreContext<ComparisonsState>('comparisons');
