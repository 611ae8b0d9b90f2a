import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { ViewerSource } from './viewer-source.ts';

export interface CurrentImage {
  /** Null until it is read. */
  readonly image: ImageSummary | null;
  /** True where there is none to be had. */
  readonly isLost: boolean;
  /** Its place in the row as of now, from 0; null while nobody knows. */
  readonly place: number | null;
  readonly step: (side: 'older' | 'newer') => void;
  /** To the trash, and on to the next one. */
  readonly trash: () => void;
}

/** Which image is looked at. It stays the same one while others arrive or leave, and gives way when it leaves itself. */
export function useCurrentImage(
  source: ViewerSource,
  index: number,
  onIndex: (index: number) => void,
  onClose: () => void,
): CurrentImage {
  const [image, setImage] = useState<ImageSummary | null>(null);
  const [isLost, setIsLost] = useState(false);
  /** What we told or were told last, so that our own telling isn't taken for a wish. */
  const told = useRef<number | null>(null);
  const { loadAt, neighbour, placeOf, revision } = source;

  const show = useCallback(
    (next: ImageSummary) => {
      setImage(next);
      const place = placeOf(next.sequence);
      if (place !== null && place !== told.current) {
        told.current = place;
        onIndex(place);
      }
    },
    [onIndex, placeOf],
  );

  useEffect(() => {
    if (told.current === index) return;
    let isOver = false;
    void loadAt(index).then((found) => {
      if (isOver) return;
      told.current = index;
      setIsLost(found === undefined);
      if (found !== undefined) setImage(found);
    });
    return () => {
      isOver = true;
    };
  }, [index, loadAt]);

  // Gone by another hand, another window for example: the next one takes its place.
  useEffect(() => {
    const place = image === null ? null : placeOf(image.sequence);
    if (image === null || place === null) return;
    const over = new AbortController();
    const isOver = (): boolean => over.signal.aborted;
    const giveWay = async (): Promise<void> => {
      const standing = await loadAt(place);
      if (isOver() || standing?.id === image.id) return;
      const next = standing ?? (await neighbour(image.sequence, 'newer'));
      if (isOver()) return;
      if (next === undefined) onClose();
      else show(next);
    };
    void giveWay();
    return () => over.abort();
  }, [image, revision, loadAt, neighbour, placeOf, onClose, show]);

  const step = (side: 'older' | 'newer'): void => {
    if (image === null) return;
    void neighbour(image.sequence, side).then((next) => {
      if (next !== undefined) show(next);
    });
  };

  const trash = (): void => {
    if (image === null) return;
    const moveOn = async (): Promise<void> => {
      const next = (await neighbour(image.sequence, 'older')) ?? (await neighbour(image.sequence, 'newer'));
      if (!(await source.trash([image.id]))) return;
      if (next === undefined) onClose();
      else show(next);
    };
    void moveOn();
  };

  return { image, isLost, place: image === null ? null : placeOf(image.sequence), step, trash };
}
