import { useEffect, useRef } from 'react';
import type { Image, ImageDetails } from '../../shared/models/image.ts';
import type { Recall } from '../ui/recall.ts';
import { remainingWish, type RecallWish } from './recall-wish.ts';

/**
 * Takes something of the image that is looked at back into the editor. A key can be faster than the reading of the
 * details it needs: then it is done as soon as they are there, unless another image was gone to meanwhile.
 */
export function useRecall(
  id: string | null,
  details: ImageDetails | null,
  onRecall: (image: Image, what: Recall) => void,
): (what: Recall) => void {
  const wish = useRef<RecallWish | null>(null);
  const known = details !== null && details.id === id ? details : null;

  // With each image that is looked at, also where nothing is known of it yet.
  useEffect(() => {
    const wished = remainingWish(wish.current, id);
    wish.current = known === null ? wished : null;
    if (wished !== null && known !== null) onRecall(known, wished.what);
  }, [id, known, onRecall]);

  return (what) => {
    if (known === null) wish.current = { what, id };
    else onRecall(known, what);
  };
}
