import { Button } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isVideoFormat, type Image } from '../../shared/models/image.ts';
import { recalls, type Recall } from '../ui/recall.ts';
import { recallKeys } from './viewer-actions.ts';
import classes from './viewer-details.module.css';

interface RecallButtonsProps {
  readonly image: Image;
  readonly onRecall: (image: Image, what: Recall) => void;
  readonly onUseAsReference: (image: Image) => void;
}

/** What of an image can be taken back into the editor. */
export function RecallButtons({ image, onRecall, onUseAsReference }: RecallButtonsProps) {
  const { t } = useTranslation('viewer');
  return (
    <section>
      <div className={classes.heading}>
        <h3>{t('recallTitle')}</h3>
      </div>
      <div className={classes.recalls}>
        {recalls.map((what) => (
          <Button
            key={what}
            size="xs"
            variant="default"
            aria-keyshortcuts={recallKeys[what].replace('Key', '')}
            disabled={what === 'seed' && image.seed === null}
            onClick={() => onRecall(image, what)}
          >
            {t(`recall.${what}`)}
            <kbd className={classes.key}>{recallKeys[what].replace('Key', '')}</kbd>
          </Button>
        ))}
      </div>
      <Button
        fullWidth
        mt={8}
        size="xs"
        variant="default"
        disabled={isVideoFormat(image.format)}
        leftSection={<IconPhotoUp size={14} stroke={1.75} aria-hidden />}
        onClick={() => onUseAsReference(image)}
      >
        {t('useAsReference')}
      </Button>
    </section>
  );
}
