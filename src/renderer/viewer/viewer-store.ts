import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ImageDetails, ImageSummary } from '../../shared/models/image.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import { translate } from '../i18n/i18n.ts';
import type { RateImages } from '../ui/rate-images.ts';
import type { Notify } from '../ui/toast.ts';

/** What is known of the image in the viewer. */
export interface ViewerState {
  readonly isDetailsOpen: boolean;
  /** The image whose details are shown, and everything known of it. */
  readonly details: ImageDetails | null;
  /** Absolute path of its file; null until it is known. */
  readonly path: string | null;
  readonly error: ErrorReport | null;
  /** What was said last of the image that was asked for, where that came before its details. */
  readonly news: ImageSummary | null;
  /** Reads everything about an image; a later call wins. */
  readonly load: (id: string) => Promise<void>;
  readonly toggleDetails: () => void;
  readonly imagesChanged: (images: readonly ImageSummary[]) => void;
  /** Keeps what the image shows, or removes it, with a toast that takes it back. False when it failed. */
  readonly saveAltText: (id: string, altText: string | null) => Promise<boolean>;
  /** 1 to 5; 0 takes the rating away. With a toast that takes it back. */
  readonly rate: (id: string, rating: number) => Promise<void>;
  /** Shows the file in the system's file manager. */
  readonly reveal: (id: string) => Promise<void>;
}

export function createViewerStore(parts: {
  readonly client: {
    readonly library: Pick<Client['library'], 'image' | 'path' | 'setAltText'>;
    readonly system: Pick<Client['system'], 'revealImage'>;
  };
  readonly rateImages: RateImages;
  readonly notify: Notify;
}): StoreApi<ViewerState> {
  const { library, system } = parts.client;
  const complain = (error: unknown): void => parts.notify({ kind: 'error', error: readError(error) });
  return createStore<ViewerState>((set, get) => {
    let asked: string | null = null;

    const withNews = (details: ImageDetails): ImageDetails => {
      const { news } = get();
      return news?.id === details.id ? { ...details, altText: news.altText, rating: news.rating } : details;
    };
    const showAltText = (id: string, altText: string | null): void => {
      const { details } = get();
      if (details?.id === id) set({ details: { ...details, altText } });
    };
    const keepAltText = async (id: string, altText: string | null): Promise<string | null | undefined> => {
      try {
        const kept = await library.setAltText({ id, altText });
        showAltText(id, kept.altText);
        return kept.before;
      } catch (error) {
        complain(error);
        return undefined;
      }
    };

    return {
      isDetailsOpen: true,
      details: null,
      path: null,
      error: null,
      news: null,
      load: async (id) => {
        asked = id;
        set({ news: null });
        try {
          const [details, { path }] = await Promise.all([library.image({ id }), library.path({ image: id })]);
          // It may have been read before something was said of it, and arrive after that.
          if (asked === id) set({ details: withNews(details), path, error: null, news: null });
        } catch (error) {
          if (asked === id) set({ details: null, path: null, error: readError(error) });
        }
      },
      toggleDetails: () => set(({ isDetailsOpen }) => ({ isDetailsOpen: !isDetailsOpen })),
      imagesChanged: (images) => {
        const news = images.find(({ id }) => id === asked);
        if (news === undefined) return;
        set({ news });
        const { details } = get();
        if (details?.id === asked) set({ details: withNews(details), news: null });
      },
      saveAltText: async (id, altText) => {
        const before = await keepAltText(id, altText);
        if (before === undefined) return false;
        parts.notify({
          kind: 'info',
          id: 'alt-text',
          message: translate(altText === null ? 'viewer:altText.removed' : 'viewer:altText.kept'),
          action: { label: translate('ui:common.undo'), run: () => void keepAltText(id, before) },
        });
        return true;
      },
      rate: (id, rating) => parts.rateImages([id], rating),
      reveal: async (id) => {
        try {
          await system.revealImage({ id });
        } catch (error) {
          complain(error);
        }
      },
    };
  });
}
