import type { ImageSummary } from '../../shared/models/image.ts';

type Images = readonly ImageSummary[];

/** Holds the buckets that are looked at, and a bounded number of others. Images of a bucket are newest first. */
export interface BucketCache {
  /** What is held of a bucket, without reading it. */
  held(bucket: number): Images | undefined;
  /** Reads these buckets, most urgent first, and gives up reading what an earlier wish asked for and this one does not. */
  want(buckets: readonly number[]): void;
  /** Reads one bucket to the end, whatever is wanted meanwhile. */
  load(bucket: number): Promise<Images>;
  /** Keeps content that is known without reading. */
  hold(bucket: number, images: Images): void;
  /** Tells that a bucket changed in a way that `hold` did not say: an answer under way may be older than the change. */
  changed(bucket: number): void;
  /** Wanted buckets that could not be read are read again. */
  retry(): void;
  /** What is held goes on being shown, but is read again when it is wanted: nobody knows what was missed. */
  doubt(): void;
  clear(): void;
}

interface Reading {
  readonly promise: Promise<Images>;
  readonly controller: AbortController;
  /** Somebody waits for it, so it goes on even when no longer wanted. */
  isAwaited: boolean;
  isOutdated: boolean;
}

const bucketsHeld = 64;
const readAtOnce = 3;

export function createBucketCache(dependencies: {
  readonly read: (bucket: number, signal: AbortSignal) => Promise<Images>;
  readonly onRead: (bucket: number, images: Images) => void;
  readonly onFailed: (error: unknown) => void;
}): BucketCache {
  const held = new Map<number, Images>();
  const reading = new Map<number, Reading>();
  const failed = new Set<number>();
  const doubted = new Set<number>();
  let wanted: readonly number[] = [];

  const isCurrent = (bucket: number): boolean => held.has(bucket) && !doubted.has(bucket);

  const hold = (bucket: number, images: Images): void => {
    held.delete(bucket);
    held.set(bucket, images);
    if (held.size <= bucketsHeld) return;
    const needed = new Set(wanted);
    for (const candidate of held.keys()) {
      if (held.size <= bucketsHeld) return;
      if (!needed.has(candidate) && candidate !== bucket) held.delete(candidate);
    }
  };

  const readUntilCurrent = async (bucket: number, own: Reading): Promise<Images> => {
    const images = await dependencies.read(bucket, own.controller.signal);
    own.controller.signal.throwIfAborted();
    if (!own.isOutdated) return images;
    own.isOutdated = false;
    return readUntilCurrent(bucket, own);
  };

  const start = (bucket: number, isAwaited: boolean): Promise<Images> => {
    const { promise, resolve, reject } = Promise.withResolvers<Images>();
    const own: Reading = { promise, controller: new AbortController(), isAwaited, isOutdated: false };
    reading.set(bucket, own);
    failed.delete(bucket);
    readUntilCurrent(bucket, own)
      .then((images) => {
        reading.delete(bucket);
        doubted.delete(bucket);
        hold(bucket, images);
        dependencies.onRead(bucket, images);
        resolve(images);
      })
      .catch((error: unknown) => {
        if (reading.get(bucket) === own) reading.delete(bucket);
        if (!own.controller.signal.aborted && !own.isAwaited) {
          failed.add(bucket);
          dependencies.onFailed(error);
        }
        reject(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(startWanted);
    // Whoever only wished for it hears of a failure through `onFailed`.
    promise.catch(() => undefined);
    return promise;
  };

  function startWanted(): void {
    for (const bucket of wanted) {
      if (reading.size >= readAtOnce) return;
      if (!isCurrent(bucket) && !reading.has(bucket) && !failed.has(bucket)) void start(bucket, false);
    }
  }

  const stop = (bucket: number, own: Reading): void => {
    reading.delete(bucket);
    own.controller.abort();
  };

  return {
    held: (bucket) => held.get(bucket),
    want(buckets) {
      wanted = buckets;
      const needed = new Set(buckets);
      for (const [bucket, own] of reading) if (!needed.has(bucket) && !own.isAwaited) stop(bucket, own);
      for (const bucket of buckets) {
        const images = held.get(bucket);
        if (images !== undefined) hold(bucket, images);
      }
      startWanted();
    },
    load(bucket) {
      const images = held.get(bucket);
      if (images !== undefined && isCurrent(bucket)) return Promise.resolve(images);
      const own = reading.get(bucket);
      if (own === undefined) return start(bucket, true);
      own.isAwaited = true;
      return own.promise;
    },
    hold,
    changed(bucket) {
      const own = reading.get(bucket);
      if (own !== undefined) own.isOutdated = true;
    },
    retry() {
      failed.clear();
      startWanted();
    },
    doubt() {
      for (const own of reading.values()) own.isOutdated = true;
      for (const bucket of held.keys()) doubted.add(bucket);
    },
    clear() {
      for (const [bucket, own] of [...reading]) stop(bucket, own);
      doubted.clear();
      held.clear();
      failed.clear();
      wanted = [];
    },
  };
}
