import { translate } from '../i18n/i18n.ts';
import { callsToTakeBack, mergeRatings, type EarlierRating, type EarlierRatings } from './earlier-ratings.ts';
import { formatNumber } from './format.ts';
import type { Notify } from './toast.ts';

/** So many at once that each answer comes within moments: a sidecar is written for every picture. */
const idsPerCall = 100;
/** More than so many take a while. */
const manyImages = 500;

/**
 * Rates pictures from 1 to 5, or takes their rating away with 0, with a toast that takes it back. Many show how far it is, and can be
 * stopped. What is shown of them follows with the pushes. A failure is told. Never rejects.
 */
export type RateImages = (ids: readonly string[], rating: number) => Promise<void>;

interface RateParts {
  /** As in the contract. */
  readonly rate: (change: { ids: string[]; rating: number | null; asOf?: number }) => Promise<{
    readonly before: readonly { readonly id: string; readonly rating: number | null }[];
    readonly moment: number;
  }>;
  readonly notify: Notify;
  readonly complain: (error: unknown) => void;
}

/** One for the whole window: an Undo that is still on the screen takes back what was rated since, too. */
export function createRateImages({ rate, notify, complain }: RateParts): RateImages {
  /** What the Undo on the screen takes back. */
  let offered: EarlierRatings = new Map();
  let longOnes = 0;

  const tell = (message: string, ratings: EarlierRatings, label: string): void => {
    offered = ratings;
    const onClose = (): void => {
      if (offered === ratings) offered = new Map();
    };
    notify({
      ...{ kind: 'info', id: 'rating', message, onClose },
      ...(ratings.size > 0 && { action: { label, run: () => void takeBack(ratings) } }),
    });
  };

  /** Goes on until it is done, has failed, or is stopped. Answers how many images were reached. */
  const inParts = async <Call extends { readonly ids: readonly string[] }>(
    calls: readonly Call[],
    words: (all: string) => string,
    make: (call: Call) => Promise<void>,
  ): Promise<number> => {
    const all = calls.reduce((sum, { ids }) => sum + ids.length, 0);
    const id = `rating-progress-${(longOnes += 1)}`;
    let done = 0;
    const stop = new AbortController();
    const show = (share: number): void => {
      if (all <= manyImages) return;
      notify({
        ...{ kind: 'progress', id, share, message: words(formatNumber(all)) },
        reached: translate('ui:rating.reached', { done: formatNumber(done), all: formatNumber(all) }),
        action: {
          label: translate('ui:common.cancel'),
          run: () => stop.abort(),
        },
      });
    };
    try {
      for (const call of calls) {
        // A call is not stopped in the middle: what it has done must be known to be taken back.
        if (stop.signal.aborted) break;
        show(done / all);
        await make(call);
        done += call.ids.length;
      }
    } catch (error) {
      complain(error);
    }
    show(1);
    return done;
  };

  async function takeBack(ratings: EarlierRatings): Promise<void> {
    const rest = new Map(ratings);
    const done = await inParts(
      callsToTakeBack(ratings, idsPerCall),
      (all) => translate('ui:rating.takingBack', { all }),
      async (call) => {
        await rate(call);
        for (const id of call.ids) rest.delete(id);
      },
    );
    if (done === ratings.size) return;
    const counts = { done: formatNumber(done), all: formatNumber(ratings.size) };
    tell(translate('ui:rating.takenBackSome', counts), mergeRatings(rest, offered), translate('ui:rating.undoRest'));
  }

  return async (ids, rating) => {
    const stars = rating === 0 ? null : rating;
    const changed = new Map<string, EarlierRating>();
    let asOf: number | undefined;
    const calls = Array.from({ length: Math.ceil(ids.length / idsPerCall) }, (_, at) => ({
      ids: ids.slice(at * idsPerCall, (at + 1) * idsPerCall),
    }));
    const done = await inParts(
      calls,
      (all) => translate(stars === null ? 'ui:rating.removing' : 'ui:rating.rating', { all }),
      async (call) => {
        const { before, moment } = await rate({ ...call, rating: stars, ...(asOf !== undefined && { asOf }) });
        asOf = moment;
        for (const image of before) {
          if (image.rating !== stars) changed.set(image.id, { before: image.rating, stars, moment });
        }
      },
    );
    const isWhole = done === ids.length;
    if (changed.size === 0 && (isWhole || done === 0)) return;
    const ratings = mergeRatings(offered, changed);
    const more = offered.size > 0;
    tell(
      isWhole ? ratedWords(changed.size, stars) : stoppedWords(done, ids.length, stars),
      ratings,
      more && ratings.size > 1 ? translate('ui:rating.undoMany', { count: ratings.size }) : translate('ui:common.undo'),
    );
  };
}

function ratedWords(count: number, stars: number | null): string {
  const formatted = formatNumber(count);
  return stars === null
    ? translate('ui:rating.removed', { count, formatted })
    : translate('ui:rating.rated', { count, formatted, stars });
}

function stoppedWords(reached: number, of: number, stars: number | null): string {
  const [done, all] = [formatNumber(reached), formatNumber(of)];
  return stars === null
    ? translate('ui:rating.removedSome', { done, all })
    : translate('ui:rating.ratedSome', { done, all, stars });
}
