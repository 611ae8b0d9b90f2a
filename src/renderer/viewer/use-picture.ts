import { useEffect, useState } from 'react';
import type { ImageSummary } from '../../shared/models/image.ts';
import { imageUrl, thumbnailUrl } from '../backend/picture-urls.ts';

/** `thumbnail`: the original is still on its way; `unavailable`: it isn't there, only (perhaps) its thumbnail. */
type PictureState = 'thumbnail' | 'original' | 'unavailable';

export interface ShownPicture {
  readonly image: ImageSummary;
  /** Null where not even a thumbnail could be read. */
  readonly url: string | null;
  readonly state: PictureState;
}

async function decoded(url: string, keep: (picture: HTMLImageElement) => void): Promise<string> {
  const picture = new Image();
  keep(picture);
  picture.src = url;
  await picture.decode();
  return url;
}

/** What is on the stage: the last picture until the next one is decoded, so that nothing flashes between two. */
export function usePicture(image: ImageSummary | null): ShownPicture | null {
  const [shown, setShown] = useState<ShownPicture | null>(null);

  useEffect(() => {
    if (image === null) return;
    let isOver = false;
    let hasOriginal = false;
    let thumbnail: string | null = null;
    const loading: HTMLImageElement[] = [];
    const keep = (picture: HTMLImageElement): void => void loading.push(picture);

    const readThumbnail = async (): Promise<void> => {
      thumbnail = await decoded(thumbnailUrl(image, 'large'), keep).catch(() => null);
      if (!isOver && !hasOriginal && thumbnail !== null) setShown({ image, url: thumbnail, state: 'thumbnail' });
    };
    const readOriginal = async (preview: Promise<void>): Promise<void> => {
      const url = await decoded(imageUrl(image.id), keep).catch(() => null);
      if (isOver) return;
      if (url !== null) {
        hasOriginal = true;
        setShown({ image, url, state: 'original' });
        return;
      }
      await preview;
      setShown({ image, url: thumbnail, state: 'unavailable' });
    };
    void readOriginal(readThumbnail());
    return () => {
      isOver = true;
      for (const picture of loading) picture.removeAttribute('src');
    };
  }, [image]);

  return shown;
}
