import { Button, Loader } from '@mantine/core';
import { IconPhotoOff, IconPhotoPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../ui/actions/use-actions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useGalleryActions } from './gallery-actions.ts';
import { galleryContext } from './gallery-context.ts';
import { GalleryGrid } from './gallery-grid.tsx';
import { GalleryToolbar } from './gallery-toolbar.tsx';
import classes from './gallery-view.module.css';

interface GalleryViewProps {
  readonly onOpen: (place: number) => void;
  /** The empty gallery's way to its first image. */
  readonly onCreate: () => void;
}

/** Every image of the library, newest first. */
export function GalleryView({ onOpen, onCreate }: GalleryViewProps) {
  const { t } = useTranslation('gallery');
  const phase = galleryContext.useStore((state) => state.phase);
  const error = galleryContext.useStore((state) => state.error);
  const isEmpty = galleryContext.useStore((state) => state.total === 0);
  const retry = galleryContext.useStore((state) => state.retry);
  const scroller = useRef<HTMLDivElement>(null);
  useActions(useGalleryActions(scroller, onOpen));

  const retryButton = (
    <Button variant="default" size="xs" onClick={retry}>
      {t('retry')}
    </Button>
  );

  const middle = () => {
    if (phase === 'loading') return <Loader m="auto" size="sm" color="gray" aria-label={t('loading')} />;
    if (phase === 'failed') {
      return (
        <EmptyState icon={<IconPhotoOff size={40} stroke={1.25} />} title={t('failedTitle')} actions={retryButton}>
          {error?.message}
        </EmptyState>
      );
    }
    if (!isEmpty) return <GalleryGrid onOpen={onOpen} scroller={scroller} />;
    return (
      <EmptyState
        icon={<IconPhotoPlus size={40} stroke={1.25} />}
        title={t('emptyTitle')}
        actions={<Button onClick={onCreate}>{t('emptyAction')}</Button>}
      >
        {t('emptyText')}
      </EmptyState>
    );
  };

  return (
    <div className={classes.view}>
      <GalleryToolbar />
      {phase === 'ready' && error !== null && (
        <div className={classes.problem}>
          <ErrorNote error={{ ...error, message: `${t('partFailed')} ${error.message}` }} actions={retryButton} />
        </div>
      )}
      <div className={classes.middle}>{middle()}</div>
    </div>
  );
}
