import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import { translate } from '../i18n/i18n.ts';
import type { RateImages } from '../ui/rate-images.ts';
import type { Notify } from '../ui/toast.ts';
import { createImageOrder } from './image-order.ts';
import { nothingSelected, rangeBetween, toggled, withRange, type Selection } from './selection.ts';

/** The cell that has the keyboard. `sequence` is null while its image isn't read yet. */
interface ActiveCell {
  readonly place: number;
  readonly sequence: number | null;
}

/** Where the view was when it was left: an image and how far below the upper edge its row began, in pixels. */
interface GalleryBookmark extends ActiveCell {
  readonly offset: number;
}

/** `only`: this one; `toggle`: this one too, or no longer; `range`: from the last one to this; `addRange`: the same, keeping the rest. */
type SelectHow = 'only' | 'toggle' | 'range' | 'addRange';

/** The gallery, newest image first: places 0 to `total` − 1. Images are read as they come near the window. */
export interface GalleryState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why nothing, or a part of the gallery, could be read. */
  readonly error: ErrorReport | null;
  readonly total: number;
  /** Counts up whenever another image may stand at a place. */
  readonly revision: number;
  readonly active: ActiveCell | null;
  /** Counts up whenever the active cell should be brought into view. */
  readonly reveals: number;
  readonly leftAt: GalleryBookmark | null;
  readonly selection: Selection;
  /** Null while it is being counted. */
  readonly selectedCount: number | null;
  /** Reads the shape of the gallery anew; the view stays where it is. A failure is told in `phase`. */
  readonly load: (signal?: AbortSignal) => Promise<void>;
  /** Another library: nothing known is true of it. */
  readonly forget: () => void;
  /** Reads again what could not be read. */
  readonly retry: () => void;
  readonly imageAdded: (image: ImageSummary) => void;
  readonly imagesRemoved: (images: readonly { readonly id: string; readonly sequence: number }[]) => void;
  readonly imagesRestored: (images: readonly ImageSummary[]) => void;
  readonly imagesChanged: (images: readonly ImageSummary[]) => void;
  /** Reads what these places hold, the first ones first. */
  readonly want: (first: number, last: number) => void;
  readonly imageAt: (place: number) => ImageSummary | undefined;
  /** How many images are newer, also for an image that is gone; null while that part isn't read. */
  readonly placeOf: (sequence: number) => number | null;
  /** The place of an image, read if need be; null for one that isn't in the gallery or can't be looked up. */
  readonly indexOf: (image: { readonly id: string; readonly sequence: number }) => Promise<number | null>;
  readonly loadAt: (place: number) => Promise<ImageSummary | undefined>;
  readonly neighbour: (sequence: number, side: 'older' | 'newer') => Promise<ImageSummary | undefined>;
  /** Gives this cell the keyboard and brings it into view. */
  readonly moveTo: (place: number) => void;
  /** From the viewer: where one image was selected, the one that was looked at last is, so that a key means no other. */
  readonly returnTo: (place: number) => void;
  readonly leaveAt: (bookmark: GalleryBookmark) => void;
  readonly select: (place: number, how: SelectHow) => Promise<void>;
  readonly selectAll: () => Promise<void>;
  readonly clearSelection: () => void;
  /** To the trash, with a toast that takes it back. False when it failed. */
  readonly trash: (ids: readonly string[]) => Promise<boolean>;
  /** The selected images, or the active one where nothing is selected. */
  readonly trashSelected: () => Promise<void>;
  /** The same ones: 1 to 5; 0 takes their rating away. With a toast that takes it back. */
  readonly rateSelected: (rating: number) => Promise<void>;
}

const idsPerCall = 5_000;

export function createGalleryStore(parts: {
  readonly client: { readonly library: Pick<Client['library'], 'overview' | 'bucket' | 'trash' | 'restore'> };
  readonly rateImages: RateImages;
  readonly notify: Notify;
}): StoreApi<GalleryState> {
  const { library } = parts.client;
  const complain = (error: unknown): void => parts.notify({ kind: 'error', error: readError(error) });

  return createStore<GalleryState>((set, get) => {
    /** Where a range starts: the image chosen last. Null: where the keyboard was before. */
    let pivot: number | null = null;

    const order = createImageOrder({
      read: async (bucket, signal) => (await library.bucket({ bucket }, { signal })).images,
      onRead: () => change(() => undefined),
      onFailed: (error) => set({ error: readError(error) }),
    });

    const activeAt = (place: number): ActiveCell | null => {
      const last = order.total() - 1;
      if (last < 0) return null;
      const at = Math.min(Math.max(0, place), last);
      return { place: at, sequence: order.imageAt(at)?.sequence ?? null };
    };

    const activate = (place: number): void => set(({ reveals }) => ({ active: activeAt(place), reveals: reveals + 1 }));

    const recount = async (): Promise<void> => {
      const { selection } = get();
      const now = order.countNow(selection);
      set({ selectedCount: now });
      if (now !== null) return;
      try {
        const count = await order.count(selection);
        if (get().selection === selection) set({ selectedCount: count });
      } catch (error) {
        set({ error: readError(error) });
      }
    };

    /** Changes the order and keeps the keyboard on the image it was on, or on the one that took its place. */
    function change(how: () => void): void {
      const { active, revision, selection } = get();
      how();
      const sequence = active?.sequence ?? null;
      const place = sequence === null ? null : order.placeOf(sequence);
      set({
        total: order.total(),
        revision: revision + 1,
        active: active === null ? null : activeAt(place ?? active.place),
      });
      if (selection.length > 0) void recount();
    }

    const choose = (selection: Selection): void => {
      set({ selection });
      void recount();
    };

    const inParts = async (ids: readonly string[], call: (ids: string[]) => Promise<unknown>): Promise<void> => {
      for (let start = 0; start < ids.length; start += idsPerCall) await call(ids.slice(start, start + idsPerCall));
    };

    /** The selected images, or the active one where nothing is selected. None where they could not be read, which is told. */
    const chosenIds = async (): Promise<string[]> => {
      const { selection, active } = get();
      const one = active === null ? undefined : order.imageAt(active.place);
      const ids: string[] = selection.length === 0 && one !== undefined ? [one.id] : [];
      try {
        for await (const some of order.idsOf(selection)) ids.push(...some);
        return ids;
      } catch (error) {
        complain(error);
        return [];
      }
    };

    const restore = (ids: readonly string[]): void => {
      inParts(ids, (some) => library.restore({ ids: some })).catch(complain);
    };

    return {
      phase: 'loading',
      error: null,
      total: 0,
      revision: 0,
      active: null,
      reveals: 0,
      leftAt: null,
      selection: nothingSelected,
      selectedCount: 0,
      load: async (signal) => {
        try {
          const overview = await library.overview(undefined, { signal });
          change(() => order.replace(overview, false));
          set({ phase: 'ready', error: null });
        } catch (error) {
          if (!signal?.aborted) set({ phase: 'failed', error: readError(error) });
        }
      },
      forget: () => {
        pivot = null;
        change(() => order.replace({ bucketSize: 256, buckets: [] }, true));
        set({
          phase: 'loading',
          error: null,
          active: null,
          leftAt: null,
          selection: nothingSelected,
          selectedCount: 0,
        });
      },
      retry: () => {
        // What could not be read at all keeps its words and its button until there is an answer.
        if (get().phase !== 'ready') return void get().load();
        set({ error: null });
        order.retry();
      },
      imageAdded: (image) => change(() => order.add(image)),
      imagesRemoved: (images) => change(() => images.forEach(order.remove)),
      imagesRestored: (images) => change(() => images.forEach(order.add)),
      imagesChanged: (images) => change(() => images.forEach(order.change)),
      want: order.want,
      imageAt: order.imageAt,
      placeOf: order.placeOf,
      indexOf: async (image) => {
        try {
          const place = await order.loadPlaceOf(image.sequence);
          return order.imageAt(place)?.id === image.id ? place : null;
        } catch (error) {
          complain(error);
          return null;
        }
      },
      loadAt: order.loadAt,
      neighbour: order.neighbour,
      moveTo: (place) => {
        pivot = null;
        activate(place);
      },
      returnTo: (place) => {
        if (get().selectedCount === 1) void get().select(place, 'only');
        else get().moveTo(place);
      },
      leaveAt: (leftAt) => set({ leftAt }),
      select: async (place, how) => {
        const from = get().active;
        activate(place);
        try {
          const image = order.imageAt(place) ?? (await order.loadAt(place));
          if (image === undefined) return;
          const { selection } = get();
          const start = pivot ?? from?.sequence ?? image.sequence;
          if (how === 'range' || how === 'addRange') {
            choose(withRange(how === 'range' ? nothingSelected : selection, rangeBetween(start, image.sequence)));
            pivot = start;
          } else {
            choose(toggled(how === 'only' ? nothingSelected : selection, image.sequence));
            pivot = image.sequence;
          }
        } catch (error) {
          complain(error);
        }
      },
      selectAll: async () => {
        try {
          const newest = await order.loadAt(0);
          // Up to the newest of now, so that images that arrive later are not among them.
          if (newest !== undefined) choose([{ low: 0, high: newest.sequence }]);
        } catch (error) {
          complain(error);
        }
      },
      clearSelection: () => {
        pivot = null;
        set({ selection: nothingSelected, selectedCount: 0 });
      },
      trash: async (ids) => {
        const trashed: string[] = [];
        try {
          await inParts(ids, async (some) => trashed.push(...(await library.trash({ ids: some })).trashed));
        } catch (error) {
          complain(error);
        }
        if (trashed.length > 0) {
          parts.notify({
            kind: 'info',
            message: translate('gallery:trashed', { count: trashed.length }),
            action: { label: translate('ui:common.undo'), run: () => restore(trashed) },
          });
        }
        return trashed.length === ids.length;
      },
      trashSelected: async () => {
        const ids = await chosenIds();
        if (ids.length === 0) return;
        get().clearSelection();
        await get().trash(ids);
      },
      rateSelected: async (rating) => parts.rateImages(await chosenIds(), rating),
    };
  });
}
