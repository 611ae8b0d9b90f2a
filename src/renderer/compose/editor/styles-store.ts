import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { ListedStyle, PromptStyle } from '../../../shared/models/prompt-style.ts';
import type { StyleFileFormat } from '../../../shared/prompt-text/style-files.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import { translate } from '../../i18n/i18n.ts';
import type { Notify } from '../../ui/toast.ts';

/** A style as the user writes it; without an id it is new. */
export type StyleDraft = Omit<PromptStyle, 'id'> & { readonly id?: string };

/** Styles and enhancers of the library. */
export interface StylesState {
  readonly styles: readonly ListedStyle[];
  /** What the program says of them, for example that a broken file was set aside. */
  readonly notice: string | null;
  /** Why they could not be read. */
  readonly error: ErrorReport | null;
  readonly load: () => Promise<void>;
  readonly favourite: (id: string, isFavourite: boolean) => Promise<void>;
  /** What went wrong, to show beside the form; null: it is kept. */
  readonly save: (style: StyleDraft) => Promise<ErrorReport | null>;
  /** It can be undone from the message about it. */
  readonly remove: (style: ListedStyle) => Promise<void>;
  readonly importFile: (file: Blob) => Promise<void>;
  readonly exportOwn: (format: StyleFileFormat) => Promise<void>;
}

const fileNames: Readonly<Record<StyleFileFormat, string>> = {
  easel: 'easel-styles.json',
  fooocus: 'fooocus-styles.json',
  a1111: 'styles.csv',
};

export function createStylesStore({
  client,
  notify,
  saveFile,
}: {
  readonly client: Pick<Client, 'prompts'>;
  readonly notify: Notify;
  readonly saveFile: (name: string, text: string) => void;
}): StoreApi<StylesState> {
  return createStore<StylesState>((set, get) => {
    const inWords = async (act: () => Promise<unknown>): Promise<void> => {
      try {
        await act();
      } catch (error) {
        notify({ kind: 'error', error: readError(error) });
      }
    };
    const load = async (): Promise<void> => {
      try {
        const { styles, notice } = await client.prompts.styles();
        set({ styles, notice, error: null });
      } catch (error) {
        set({ error: readError(error) });
      }
    };
    const mark = (id: string, isFavourite: boolean): void =>
      set(({ styles }) => ({ styles: styles.map((style) => (style.id === id ? { ...style, isFavourite } : style)) }));
    const bringBack = ({ name, kind, positive, sentence, negative, isFavourite }: ListedStyle): Promise<void> =>
      inWords(async () => {
        const { id } = await client.prompts.saveStyle({ name, kind, positive, sentence, negative });
        if (isFavourite) await client.prompts.favouriteStyle({ id, isFavourite });
        await load();
      });

    return {
      styles: [],
      notice: null,
      error: null,
      load,
      favourite: async (id, isFavourite) => {
        mark(id, isFavourite);
        try {
          await client.prompts.favouriteStyle({ id, isFavourite });
        } catch (error) {
          mark(id, !isFavourite);
          notify({ kind: 'error', error: readError(error) });
        }
      },
      save: async (style) => {
        try {
          await client.prompts.saveStyle(style);
          await load();
          return null;
        } catch (error) {
          return readError(error);
        }
      },
      remove: (style) =>
        inWords(async () => {
          await client.prompts.removeStyle({ id: style.id });
          set({ styles: get().styles.filter(({ id }) => id !== style.id) });
          notify({
            kind: 'info',
            message: translate('promptEditor:styles.removed', { name: style.name }),
            action: { label: translate('ui:common.undo'), run: () => void bringBack(style) },
          });
        }),
      importFile: (file) =>
        inWords(async () => {
          const { added } = await client.prompts.importStyles({ content: await file.text() });
          await load();
          notify({ kind: 'info', message: translate('promptEditor:styles.imported', { count: added.length }) });
        }),
      exportOwn: (format) =>
        inWords(async () => {
          const { content } = await client.prompts.exportStyles({ format });
          saveFile(fileNames[format], content);
        }),
    };
  });
}
