import { createStoreContext } from '../ui/store-context.tsx';
import type { GalleryLookState } from './gallery-look-store.ts';
import type { GalleryState } from './gallery-store.ts';

export const galleryContext = createStoreContext<GalleryState>('gallery');
export const galleryLookContext = createStoreContext<GalleryLookState>('gallery look');
