import { createHash } from 'node:crypto';

export const places = ['input', 'output', 'temp'] as const;
export type Place = (typeof places)[number];

export interface StoredFile {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: Place;
}

const isPlace = (value: string): value is Place => places.some((place) => place === value);

/** The server's input, output and temp folders, kept in memory. */
export function createFileStore() {
  const files = new Map<string, Buffer>();
  const keyOf = ({ type, subfolder, filename }: StoredFile): string => `${type}/${subfolder}/${filename}`;

  return {
    isPlace,
    read: (file: StoredFile): Buffer | null => files.get(keyOf(file)) ?? null,
    write: (file: StoredFile, bytes: Buffer): void => void files.set(keyOf(file), bytes),
    remove: (file: StoredFile): boolean => files.delete(keyOf(file)),

    /** Keeps an upload: the same name with the same bytes stays, with other bytes it gets a number unless it may be overwritten. */
    upload(file: StoredFile, bytes: Buffer, overwrite: boolean): StoredFile {
      const digest = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
      const dot = file.filename.lastIndexOf('.');
      const stem = dot > 0 ? file.filename.slice(0, dot) : file.filename;
      const extension = dot > 0 ? file.filename.slice(dot) : '';
      let candidate = file;
      for (let number = 1; !overwrite; number++) {
        const present = files.get(keyOf(candidate));
        if (!present) break;
        if (digest(present) === digest(bytes)) return candidate;
        candidate = { ...file, filename: `${stem} (${number})${extension}` };
      }
      files.set(keyOf(candidate), bytes);
      return candidate;
    },

    /** Saves under the next free number of a prefix, as SaveImage does: `<prefix>_00001_.png`. */
    save(prefix: string, type: Place, bytes: Buffer): StoredFile {
      const slash = prefix.lastIndexOf('/');
      const subfolder = slash >= 0 ? prefix.slice(0, slash) : '';
      const stem = prefix.slice(slash + 1);
      const start = `${type}/${subfolder}/${stem}_`;
      const taken = [...files.keys()]
        .filter((key) => key.startsWith(start))
        .map((key) => Number(/^(\d{5})_\.png$/.exec(key.slice(start.length))?.[1] ?? 0));
      const counter = String(Math.max(0, ...taken) + 1).padStart(5, '0');
      const file = { filename: `${stem}_${counter}_.png`, subfolder, type };
      files.set(keyOf(file), bytes);
      return file;
    },

    /** Finds what a LoadImage node names: `x.png`, `sub/x.png`, `x.png [output]`. */
    find(name: string): Buffer | null {
      const annotated = /^(.*?)(?: \[(input|output|temp)\])?$/.exec(name);
      const path = annotated?.[1] ?? name;
      const place = annotated?.[2] ?? 'input';
      const slash = path.lastIndexOf('/');
      return files.get(`${place}/${path.slice(0, Math.max(0, slash))}/${path.slice(slash + 1)}`) ?? null;
    },

    inputNames: (): readonly string[] =>
      [...files.keys()].filter((key) => key.startsWith('input//')).map((key) => key.slice('input//'.length)),

    clearTemp(): void {
      for (const key of files.keys()) if (key.startsWith('temp/')) files.delete(key);
    },
  };
}

export type FileStore = ReturnType<typeof createFileStore>;
