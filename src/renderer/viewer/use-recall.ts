import { useEffect, useRef } from 'react';
import type { Image, ImageDetails } from '../../shared/models/image.ts';
import type { Recall } from '../ui/recall.ts';

interface Wish {
  readonly what: Recall;
  /** The image it was meant for; null where it was pressed before anybody knew which one opens. */
  readonly id: string | null;
}

/**
 * Takes something of the image that is looked at back into the editor. A key can be faster than the reading of the
 * details it needs: then it is done as soon as they are there, unless another image was gone to meanwhile.
 */
export function useRecall(
  id: string | null,
  details: ImageDetails | null,
  onRecall: (image: Image, what: Recall) => void,
): (what: Recall) => void {
  const wish = useRef<Wish | null>(null);
  const known = details !== null && details.id === id ? details : null;

  useEffect(() => {
    const wished = wish.current;
    if (wished === null || known === null) return;
    wish.current = null;
    if (wished.id === null || wished.id === known.id) onRecall(known, wished.what);
  }, [known, onRecall]);

  return (what) => {
    if (known === null) wish.current = { what, id };
    else onRecall(known, what);
  };
}
