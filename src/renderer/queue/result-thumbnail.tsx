import { UnstyledButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import { recentContext } from '../ui/stores/shared-stores.ts';
import classes from './result-thumbnail.module.css';

interface ResultThumbnailProps {
  readonly imageId: string;
  readonly onShow: () => void;
}

/** The first result of a job; an icon once it is no longer among the latest. */
export function ResultThumbnail({ imageId, onShow }: ResultThumbnailProps) {
  const { t } = useTranslation('queue');
  const image = recentContext.useStore((state) => state.images.find(({ id }) => id === imageId));
  return (
    <UnstyledButton className={classes.button} aria-label={t('showImage')} onClick={onShow}>
      {image === undefined ? (
        <IconPhoto size={20} stroke={1.5} aria-hidden />
      ) : (
        <img src={thumbnailUrl(image, 'small')} alt="" loading="lazy" />
      )}
    </UnstyledButton>
  );
}
