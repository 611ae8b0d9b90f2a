import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError, type ErrorReport } from '../../shared/errors.ts';
import type { Image } from '../../shared/models/image.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingState } from '../../shared/models/routing.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import type { UploadedInput } from '../backend/upload-input.ts';
import { translate } from '../i18n/i18n.ts';
import type { Recall } from '../ui/recall.ts';
import type { Notify } from '../ui/toast.ts';
import { emptyDraft, isReplaced, readDraft, type Draft } from './draft.ts';
import { problemOf } from './draft-problem.ts';
import { treatsImage } from './fit-draft.ts';
import { planDraft } from './plan-draft.ts';
import { recallImage } from './recall-image.ts';

const slots = ['image', 'mask'] as const;
export type PictureSlot = (typeof slots)[number];

export interface GenerateOptions {
  readonly front: boolean;
  readonly newSeed?: boolean;
}

/** What is in the editor. Only the draft outlives the window. */
export interface ComposeState {
  readonly draft: Draft;
  /** Which pictures are on their way to the library. */
  readonly uploading: Readonly<Record<PictureSlot, boolean>>;
  readonly uploadError: Readonly<Record<PictureSlot, ErrorReport | null>>;
  readonly change: (change: Partial<Draft>) => void;
  /** The fields whose text is no number that can be used. Nothing is sent while there is one. */
  readonly wrongNumbers: readonly string[];
  readonly markNumber: (field: string, isWrong: boolean) => void;
  /** Puts a picture file into a slot; one that isn't an image is refused beside the slot. */
  readonly setPicture: (slot: PictureSlot, bytes: Blob) => Promise<void>;
  /** Empties the slot, or puts away why it couldn't be filled. */
  readonly removePicture: (slot: PictureSlot) => void;
  /** How many further references are on their way to the library. */
  readonly addingReferences: number;
  readonly referencesError: ErrorReport | null;
  /** Adds further references, in their order; what isn't an image is refused beside them. */
  readonly addReferences: (files: readonly Blob[]) => Promise<void>;
  readonly removeReference: (index: number) => void;
  readonly dismissReferencesError: () => void;
  /** Takes a picture of the library as reference. */
  readonly takeReference: (imageId: string) => Promise<void>;
  /**
   * The job that was queued; null when the draft has a problem, a picture is still on its way, or the program refused.
   * `newSeed` leaves a seed that is kept in the draft aside; what has no seed is not queued then.
   */
  readonly generate: (options: GenerateOptions) => Promise<Job | null>;
  /** Takes something of an image into the draft. Where words of the user's go by it, a toast brings back the draft as it was. */
  readonly applyRecall: (image: Image, what: Recall) => void;
  /** The same for words that come from elsewhere. */
  readonly takeWords: (words: Pick<Draft, 'prompt' | 'negativePrompt' | 'promptOptions'>) => void;
}

export interface ComposeParts {
  readonly client: Pick<Client, 'jobs'>;
  readonly upload: (bytes: Blob, signal: AbortSignal) => Promise<UploadedInput>;
  /** The original of an image. Rejects with the program's own words when it isn't there. */
  readonly download: (imageId: string, signal: AbortSignal) => Promise<Blob>;
  readonly providers: () => readonly ProviderStatus[];
  readonly routing: () => RoutingState;
  readonly now: () => number;
  readonly storage: StateStorage;
  readonly notify: Notify;
}

const report = (error: unknown): ErrorReport =>
  error instanceof AppError ? { code: error.code, message: error.message } : readError(error);

export function createComposeStore(parts: ComposeParts): StoreApi<ComposeState> {
  return createStore<ComposeState>()(
    persist(
      (set, get) => {
        const change = (fields: Partial<Draft>): void => {
          set(({ draft }) => ({ draft: { ...draft, ...fields } }));
        };
        const setUploading = (slot: PictureSlot, uploading: boolean, error: ErrorReport | null): void => {
          set((state) => ({
            uploading: { ...state.uploading, [slot]: uploading },
            uploadError: { ...state.uploadError, [slot]: error },
          }));
        };

        /** What each slot waits for. Whatever is put there or taken away later counts, not what arrives later. */
        const awaited: Record<PictureSlot, AbortController> = {
          image: new AbortController(),
          mask: new AbortController(),
        };
        const stopWaiting = (slot: PictureSlot): void => {
          awaited[slot].abort();
          awaited[slot] = new AbortController();
          setUploading(slot, false, null);
        };

        const setPicture = async (slot: PictureSlot, bytes: (signal: AbortSignal) => Promise<Blob>): Promise<void> => {
          stopWaiting(slot);
          const { signal } = awaited[slot];
          setUploading(slot, true, null);
          try {
            const { id, width, height } = await parts.upload(await bytes(signal), signal);
            if (signal.aborted) return;
            change(
              slot === 'image'
                ? { image: { id, width, height }, aspect: 'reference' }
                : { mask: { id, width, height } },
            );
            setUploading(slot, false, null);
          } catch (error) {
            if (!signal.aborted) setUploading(slot, false, report(error));
          }
        };

        const addReference = async (file: Blob): Promise<void> => {
          set(({ addingReferences }) => ({ addingReferences: addingReferences + 1, referencesError: null }));
          try {
            const { id, width, height } = await parts.upload(file, new AbortController().signal);
            const { references } = get().draft;
            if (!references.some((known) => known.id === id))
              change({ references: [...references, { id, width, height }] });
          } catch (error) {
            set({ referencesError: report(error) });
          } finally {
            set(({ addingReferences }) => ({ addingReferences: addingReferences - 1 }));
          }
        };

        const takeOver = (taken: Partial<Draft>): void => {
          const { draft } = get();
          if ('image' in taken) for (const slot of slots) stopWaiting(slot);
          change(taken);
          if (!isReplaced(draft, taken)) return;
          const bringBack = (): void => {
            for (const slot of slots) stopWaiting(slot);
            set({ draft });
          };
          parts.notify({
            kind: 'info',
            message: translate('image' in taken ? 'promptEditor:taken.all' : 'promptEditor:taken.words'),
            action: { label: translate('ui:common.undo'), run: bringBack },
          });
        };

        let sending: Draft | null = null;

        return {
          draft: emptyDraft,
          uploading: { image: false, mask: false },
          uploadError: { image: null, mask: null },
          change,
          wrongNumbers: [],
          markNumber: (field, isWrong) => {
            const { wrongNumbers } = get();
            if (wrongNumbers.includes(field) === isWrong) return;
            set({ wrongNumbers: isWrong ? [...wrongNumbers, field] : wrongNumbers.filter((other) => other !== field) });
          },
          setPicture: (slot, bytes) => setPicture(slot, () => Promise.resolve(bytes)),
          removePicture: (slot) => {
            const { draft } = get();
            stopWaiting(slot);
            if (draft[slot] === null) return;
            // Without a reference there is nothing to mask, and no ratio to follow.
            if (slot === 'image') stopWaiting('mask');
            change(
              slot === 'mask'
                ? { mask: null }
                : { image: null, mask: null, ...(draft.aspect === 'reference' && { aspect: '1:1' as const }) },
            );
          },
          addingReferences: 0,
          referencesError: null,
          addReferences: async (files) => {
            for (const file of files) await addReference(file);
          },
          removeReference: (index) => change({ references: get().draft.references.filter((_, at) => at !== index) }),
          dismissReferencesError: () => set({ referencesError: null }),
          takeReference: (imageId) => setPicture('image', (signal) => parts.download(imageId, signal)),
          generate: async ({ front, newSeed = false }) => {
            const { draft, uploading } = get();
            const meant = newSeed ? { ...draft, seed: null } : draft;
            const known = { providers: parts.providers(), routing: parts.routing(), now: parts.now() };
            const plan = planDraft(meant, known);
            const { request } = plan;
            // A second press on the very same draft, before the first is answered, is a slip of the finger.
            if (meant === sending || uploading.image || uploading.mask || get().addingReferences > 0) return null;
            if (get().wrongNumbers.length > 0) return null;
            if (request === null || problemOf(draft, plan) !== null) return null;
            // A treated picture has no seed: it would only be the same again.
            if (newSeed && treatsImage(request.operation ?? 'textToImage')) return null;
            sending = meant;
            try {
              return await parts.client.jobs.create({ ...request, front });
            } catch (error) {
              parts.notify({ kind: 'error', error: readError(error) });
              return null;
            } finally {
              if (sending === meant) sending = null;
            }
          },
          applyRecall: (image, what) => takeOver(recallImage(image, what)),
          takeWords: takeOver,
        };
      },
      {
        name: 'easel-draft',
        version: 1,
        storage: createJSONStorage(() => parts.storage),
        partialize: ({ draft }) => ({ draft }),
        merge: (stored, current) => ({
          ...current,
          draft: readDraft(typeof stored === 'object' && stored !== null && 'draft' in stored ? stored.draft : null),
        }),
      },
    ),
  );
}
