import { Badge, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconMaximize, IconPhotoUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isVideoFormat, type ImageSummary } from '../../shared/models/image.ts';
import { imageUrl } from '../backend/picture-urls.ts';
import { formatCost, formatSeconds, formatSize } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { tookOverWords } from '../ui/took-over.ts';
import { composeContext, stageContext } from './compose-context.ts';
import { PictureFrame } from './picture-frame.tsx';
import classes from './picture.module.css';

interface ImageResultProps {
  readonly image: ImageSummary;
  readonly onOpen: (image: ImageSummary) => void;
  readonly onTrash: (image: ImageSummary) => void;
}

/** A finished image with the facts that matter while creating. */
export function ImageResult({ image, onOpen, onTrash }: ImageResultProps) {
  const { t } = useTranslation(['stage', 'route']);
  const details = stageContext.useStore((state) => state.details[image.id]);
  const providers = providersContext.useStore((state) => state.providers);
  const { applyRecall, takeReference } = composeContext.useStoreApi().getState();
  const prompt = image.prompt === '' ? t('noPrompt') : image.prompt;
  const provider = providers.find(({ manifest }) => manifest.id === details?.provider);
  const isVideo = details !== undefined && isVideoFormat(details.format);
  const model = provider?.models.find(({ id }) => id === details?.model)?.name ?? details?.model;
  const tookOver = details === undefined ? null : tookOverWords(details.route, details.provider, providers);

  return (
    <PictureFrame
      status={
        <>
          <div className={classes.facts}>
            <span className={classes.prompt} title={image.prompt}>
              {prompt}
            </span>
            {details?.notAi === true && (
              <Badge className={classes.badge} variant="default" size="sm" tt="none" fw={500}>
                {t('notAi')}
              </Badge>
            )}
            {tookOver !== null && (
              <span className={classes.fact} data-warning title={tookOver}>
                {tookOver}
              </span>
            )}
            {details !== undefined && model !== undefined && (
              <span className={classes.fact} data-long>
                {t('route:line.who', { provider: provider?.manifest.name ?? details.provider, model })}
              </span>
            )}
            {details !== undefined && <span className={classes.fact}>{formatCost(details.cost)}</span>}
            <span className={classes.fact} data-size>
              {formatSize(image.width, image.height)}
            </span>
            {typeof details?.seed === 'number' && (
              <span className={classes.fact} data-optional>
                {t('seed', { seed: details.seed })}
              </span>
            )}
            {typeof details?.generationMs === 'number' && (
              <span className={classes.fact} data-optional>
                {formatSeconds(details.generationMs / 1000)}
              </span>
            )}
          </div>
          <div className={classes.buttons}>
            <IconButton
              disabled={isVideo}
              label={t('useAsReference')}
              icon={<IconPhotoUp size={18} stroke={1.75} aria-hidden />}
              onClick={() => void takeReference(image.id)}
            />
            <IconButton
              label={t('recallAll')}
              keys="KeyA"
              icon={<IconArrowBackUp size={18} stroke={1.75} aria-hidden />}
              disabled={details === undefined}
              onClick={() => details !== undefined && applyRecall(details, 'all')}
            />
            <IconButton
              label={t('trash')}
              keys="Delete"
              icon={<IconTrash size={18} stroke={1.75} aria-hidden />}
              onClick={() => onTrash(image)}
            />
            <IconButton
              label={t('openAction')}
              icon={<IconMaximize size={18} stroke={1.75} aria-hidden />}
              onClick={() => onOpen(image)}
            />
          </div>
        </>
      }
    >
      {isVideo ? (
        <video
          className={classes.picture}
          src={imageUrl(image.id)}
          controls
          loop
          preload="metadata"
          aria-label={image.altText ?? t('video', { prompt })}
        />
      ) : (
        <>
          <img className={classes.picture} src={imageUrl(image.id)} alt={image.altText ?? t('image', { prompt })} />
          <UnstyledButton className={classes.open} aria-label={t('open', { prompt })} onClick={() => onOpen(image)} />
        </>
      )}
    </PictureFrame>
  );
}
