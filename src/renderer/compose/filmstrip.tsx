import { Button, UnstyledButton } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import { pictureWords } from '../ui/picture-words.ts';
import { recentContext } from '../ui/stores/shared-stores.ts';
import { stageContext } from './compose-context.ts';
import classes from './filmstrip.module.css';

interface FilmstripProps {
  readonly shownId: string | null;
  readonly onOpen: (image: ImageSummary) => void;
  readonly onShowGallery: () => void;
}

/** The latest results, newest first. A click shows one above, a double click or Enter opens it; the arrow keys walk along. */
export function Filmstrip({ shownId, onOpen, onShowGallery }: FilmstripProps) {
  const { t } = useTranslation('stage');
  const images = recentContext.useStore((state) => state.images);
  const error = recentContext.useStore((state) => state.error);
  const { load } = recentContext.useStoreApi().getState();
  const { pick, follow } = stageContext.useStoreApi().getState();
  const list = useRef<HTMLOListElement>(null);
  if (error !== null && images.length === 0) {
    return (
      <div className={classes.strip}>
        <div className={classes.failed} role="alert">
          <span>
            {t('recentFailed')} {error.message}
          </span>
          <Button variant="default" size="xs" onClick={() => void load()}>
            {t('retry')}
          </Button>
        </div>
      </div>
    );
  }
  // The room is kept, so that the first result doesn't push the picture.
  if (images.length === 0) return <div className={classes.strip} />;

  const select = (index: number): void => {
    const image = images[index];
    if (image === undefined) return;
    // The newest is what following shows anyway.
    if (index === 0) follow();
    else pick(image.id);
  };
  const walk = (event: KeyboardEvent, index: number): void => {
    const image = images[index];
    if (event.key === 'Enter' && image !== undefined) {
      event.preventDefault();
      onOpen(image);
      return;
    }
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: images.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || images[target] === undefined) return;
    event.preventDefault();
    select(target);
    list.current?.querySelectorAll('button')[target]?.focus();
  };
  const reachable = Math.max(
    0,
    images.findIndex(({ id }) => id === shownId),
  );

  return (
    <nav className={classes.strip} aria-label={t('filmstrip')}>
      <ol ref={list} className={classes.list}>
        {images.map((image, index) => (
          <li key={image.id}>
            <UnstyledButton
              className={classes.item}
              aria-label={t('filmstripItem', {
                number: index + 1,
                prompt: pictureWords(image) || t('noPrompt'),
              })}
              aria-current={image.id === shownId}
              tabIndex={index === reachable ? 0 : -1}
              onClick={() => select(index)}
              onDoubleClick={() => onOpen(image)}
              onKeyDown={(event) => walk(event, index)}
            >
              <img
                className={classes.picture}
                src={thumbnailUrl(image, 'small')}
                alt=""
                width={64}
                height={64}
                loading="lazy"
                decoding="async"
                draggable={false}
              />
            </UnstyledButton>
          </li>
        ))}
      </ol>
      <UnstyledButton className={classes.all} onClick={onShowGallery}>
        <IconLayoutGrid size={18} stroke={1.75} aria-hidden />
        <span>{t('toGallery')}</span>
      </UnstyledButton>
    </nav>
  );
}
