import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { imageUrl } from '../backend/picture-urls.ts';
import { pictureWords } from '../ui/picture-words.ts';
import classes from './viewer-stage.module.css';

/** Keys that a video's own controls understand; everywhere else they belong to the viewer. */
const ownKeys: readonly string[] = [' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

/** A video, with the browser's own controls. */
export function VideoStage({ image }: { readonly image: ImageSummary }) {
  const { t } = useTranslation('viewer');
  const prompt = pictureWords(image) || t('untitled');
  return (
    <div className={classes.stage} data-autofocus tabIndex={-1} role="group" aria-label={prompt}>
      <video
        key={image.id}
        className={classes.video}
        src={imageUrl(image.id)}
        width={image.width}
        height={image.height}
        controls
        loop
        preload="metadata"
        aria-label={t('video', { prompt })}
        onKeyDown={(event) => {
          if (ownKeys.includes(event.key)) event.stopPropagation();
        }}
      />
    </div>
  );
}
