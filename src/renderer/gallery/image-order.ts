import type { ImageSummary } from '../../shared/models/image.ts';
import { createBucketCache, type BucketCache } from './bucket-cache.ts';
import { createImageIndex, type ImageIndex } from './image-index.ts';
import { isSelected, type Selection } from './selection.ts';

type Images = readonly ImageSummary[];

/** The gallery as one long row, newest image first: place 0 to total − 1. Only what is looked at is held. */
export interface ImageOrder {
  readonly total: () => number;
  readonly imageAt: (place: number) => ImageSummary | undefined;
  /** Reads the bucket if needed; undefined outside the gallery. */
  readonly loadAt: (place: number) => Promise<ImageSummary | undefined>;
  /** How many images are newer than this one, which need not exist any more; null while its bucket isn't held. */
  readonly placeOf: (sequence: number) => number | null;
  readonly loadPlaceOf: (sequence: number) => Promise<number>;
  /** The next image on the older or newer side, even of one that is gone. */
  readonly neighbour: (sequence: number, side: 'older' | 'newer') => Promise<ImageSummary | undefined>;
  /** Reads what a window shows, first places first. */
  readonly want: (first: number, last: number) => void;
  readonly add: (image: ImageSummary) => void;
  readonly remove: (image: { readonly id: string; readonly sequence: number }) => void;
  /** Something else is known of an image that stays where it is. */
  readonly change: (image: ImageSummary) => void;
  /** How many images a selection holds; null while a bucket at the edge of a range isn't held. */
  readonly countNow: (selection: Selection) => number | null;
  readonly count: (selection: Selection) => Promise<number>;
  /** The ids of all selected images, a bucket at a time, newest first. */
  readonly idsOf: (selection: Selection) => AsyncGenerator<readonly string[]>;
  readonly retry: () => void;
  /** Takes over a new shape of the gallery. `forget`: of another library; else what is held is read again when wanted. */
  readonly replace: (
    overview: {
      readonly bucketSize: number;
      readonly buckets: readonly (readonly [number, number])[];
    },
    forget: boolean,
  ) => void;
}

export function createImageOrder(dependencies: {
  readonly read: (bucket: number, signal: AbortSignal) => Promise<Images>;
  /** A bucket was read; places may have shifted if it held more or fewer images than was known. */
  readonly onRead: () => void;
  readonly onFailed: (error: unknown) => void;
}): ImageOrder {
  let index: ImageIndex = createImageIndex(256, []);
  const cache: BucketCache = createBucketCache({
    read: dependencies.read,
    onFailed: dependencies.onFailed,
    onRead(bucket, images) {
      // What was read is the truth; a count may be off by an image that arrived between two answers.
      if (index.countOf(bucket) !== images.length) index.setCount(bucket, images.length);
      dependencies.onRead();
    },
  });

  const newerIn = (images: Images, sequence: number): number => {
    const place = images.findIndex((image) => image.sequence <= sequence);
    return place === -1 ? images.length : place;
  };

  const placeOf = (sequence: number): number | null => {
    const bucket = index.bucketOf(sequence);
    const images = index.countOf(bucket) === 0 ? [] : cache.held(bucket);
    return images === undefined ? null : index.startOf(bucket) + newerIn(images, sequence);
  };

  const loadBucket = (bucket: number): Promise<Images> =>
    index.countOf(bucket) === 0 ? Promise.resolve([]) : cache.load(bucket);

  const isWhole = (selection: Selection, bucket: number): boolean => {
    const low = bucket * index.bucketSize;
    const high = low + index.bucketSize - 1;
    return selection.some((range) => range.low <= low && range.high >= high);
  };

  /** The buckets a selection touches, newest first, each once. */
  function* touched(selection: Selection): Generator<number> {
    let seen: number | null = null;
    for (const range of selection.toReversed()) {
      const top = index.bucketOf(range.high);
      let bucket = index.countOf(top) > 0 ? top : index.neighbour(top, 'older');
      while (bucket !== null && bucket >= index.bucketOf(range.low)) {
        if (seen === null || bucket < seen) {
          seen = bucket;
          yield bucket;
        }
        bucket = index.neighbour(bucket, 'older');
      }
    }
  }

  const selectedIn = (images: Images, selection: Selection): Images =>
    images.filter((image) => isSelected(selection, image.sequence));

  const order: ImageOrder = {
    total: () => index.total(),
    imageAt(place) {
      const at = index.bucketAt(place);
      return at === null ? undefined : cache.held(at.bucket)?.[place - at.start];
    },
    async loadAt(place) {
      const at = index.bucketAt(place);
      if (at === null) return undefined;
      const images = await cache.load(at.bucket);
      return order.imageAt(place) ?? images.at(-1);
    },
    placeOf,
    async loadPlaceOf(sequence) {
      const images = await loadBucket(index.bucketOf(sequence));
      return placeOf(sequence) ?? index.startOf(index.bucketOf(sequence)) + newerIn(images, sequence);
    },
    async neighbour(sequence, side) {
      let bucket: number | null = index.bucketOf(sequence);
      while (bucket !== null) {
        const images = await loadBucket(bucket);
        const found =
          side === 'older'
            ? images.find((image) => image.sequence < sequence)
            : images.findLast((image) => image.sequence > sequence);
        if (found !== undefined) return found;
        bucket = index.neighbour(bucket, side);
      }
      return undefined;
    },
    want(first, last) {
      const buckets: number[] = [];
      for (let place = Math.max(0, first); place <= last;) {
        const at = index.bucketAt(place);
        if (at === null) break;
        buckets.push(at.bucket);
        place = at.start + at.count;
      }
      cache.want(buckets);
    },
    add(image) {
      const bucket = index.bucketOf(image.sequence);
      const images = index.countOf(bucket) === 0 ? [] : cache.held(bucket);
      if (images?.some(({ id }) => id === image.id) === true) return;
      cache.changed(bucket);
      if (images !== undefined) cache.hold(bucket, images.toSpliced(newerIn(images, image.sequence), 0, image));
      index.setCount(bucket, index.countOf(bucket) + 1);
    },
    remove(image) {
      const bucket = index.bucketOf(image.sequence);
      const images = cache.held(bucket);
      cache.changed(bucket);
      const rest = images?.filter(({ id }) => id !== image.id);
      if (rest !== undefined) cache.hold(bucket, rest);
      const count = index.countOf(bucket);
      index.setCount(bucket, rest?.length ?? Math.max(0, count - 1));
    },
    change(image) {
      const bucket = index.bucketOf(image.sequence);
      cache.changed(bucket);
      const images = cache.held(bucket)?.map((known) => (known.id === image.id ? image : known));
      if (images !== undefined) cache.hold(bucket, images);
    },
    countNow(selection) {
      let count = 0;
      for (const bucket of touched(selection)) {
        if (isWhole(selection, bucket)) count += index.countOf(bucket);
        else {
          const images = cache.held(bucket);
          if (images === undefined) return null;
          count += selectedIn(images, selection).length;
        }
      }
      return count;
    },
    async count(selection) {
      let count = 0;
      for (const bucket of touched(selection)) {
        if (isWhole(selection, bucket)) count += index.countOf(bucket);
        else count += selectedIn(await loadBucket(bucket), selection).length;
      }
      return count;
    },
    async *idsOf(selection) {
      for (const bucket of [...touched(selection)]) {
        const images = selectedIn(await loadBucket(bucket), selection);
        if (images.length > 0) yield images.map(({ id }) => id);
      }
    },
    retry: () => cache.retry(),
    replace(overview, forget) {
      if (forget) cache.clear();
      else cache.doubt();
      index = createImageIndex(overview.bucketSize, overview.buckets);
    },
  };
  return order;
}
