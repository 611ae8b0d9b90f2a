import { useEffect } from 'react';
import { Button } from '@mantine/core';
import { IconPhotoSpark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { keyLabels } from '../ui/actions/key-combination.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { isMac } from '../ui/is-mac.ts';
import { recentContext } from '../ui/stores/shared-stores.ts';
import { stageContext } from './compose-context.ts';
import { FailedResult } from './failed-result.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { ImageResult } from './image-result.tsx';
import { LiveResult } from './live-result.tsx';
import type { StageContent } from './stage.ts';
import classes from './stage-view.module.css';
import { useStageContent } from './use-stage-content.ts';
import { WaitingResult } from './waiting-result.tsx';

interface StageViewProps {
  readonly onOpen: (image: ImageSummary) => void;
  readonly onTrash: (image: ImageSummary) => void;
  readonly onShowGallery: () => void;
}

/** The middle of the Create view: what is being made or was made last, above the latest results. */
export function StageView({ onOpen, onTrash, onShowGallery }: StageViewProps) {
  const { t } = useTranslation('stage');
  const { content, newest, picked } = useStageContent();
  const unread = recentContext.useStore((state) => state.error !== null);
  const { follow, loadDetails } = stageContext.useStoreApi().getState();
  const shownId = content.kind === 'image' ? content.image.id : null;
  const hiddenNews = picked !== null && content.kind === 'image' && newest !== null && newest.id !== picked;

  useEffect(() => {
    if (shownId !== null) void loadDetails(shownId);
  }, [shownId, loadDetails]);

  const draw = (what: StageContent) => {
    switch (what.kind) {
      case 'image':
        return <ImageResult image={what.image} onOpen={onOpen} onTrash={onTrash} />;
      case 'running':
        return <LiveResult job={what.job} previous={newest} />;
      case 'waiting':
        return <WaitingResult job={what.job} previous={newest} />;
      case 'failed':
        return <FailedResult job={what.job} />;
      case 'empty':
        // Results that could not be read are not results that never were; the strip below says so.
        return unread ? null : (
          <EmptyState icon={<IconPhotoSpark size={40} stroke={1.25} />} title={t('emptyTitle')}>
            {t('emptyText', { keys: keyLabels('Mod+Enter', isMac).join(isMac ? ' ' : '+') })}
          </EmptyState>
        );
    }
  };

  return (
    <section className={classes.stage} aria-label={t('label')}>
      <div className={classes.content}>
        {draw(content)}
        {hiddenNews && (
          <Button className={classes.follow} size="xs" variant="default" onClick={follow}>
            {t('follow')}
          </Button>
        )}
      </div>
      <Filmstrip shownId={shownId} onOpen={onOpen} onShowGallery={onShowGallery} />
    </section>
  );
}
