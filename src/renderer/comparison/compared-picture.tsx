import { Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparedPictureUrl } from '../backend/picture-urls.ts';
import type { SharedZoom } from './use-shared-zoom.ts';
import classes from './vote-page.module.css';

interface ComparedPictureProps {
  readonly comparison: string;
  readonly label: string;
  readonly zoom: SharedZoom;
  /** Until both are there: the one that comes first must not be looked at alone. */
  readonly isHidden: boolean;
  readonly onShown: (label: string) => void;
}

/** One of the two, by its letter. */
export function ComparedPicture({ comparison, label, zoom, isHidden, onShown }: ComparedPictureProps) {
  const { t } = useTranslation('comparison');
  const [isBroken, setBroken] = useState(false);
  return (
    <figure className={classes.side}>
      <figcaption className={classes.caption}>{t('picture', { label })}</figcaption>
      <div className={classes.frame} data-compared>
        {isHidden && !isBroken && <Loader className={classes.loader} size="sm" color="gray" />}
        {isBroken ? (
          <p role="alert">{t('pictureBroken', { label })}</p>
        ) : (
          <img
            className={classes.picture}
            src={comparedPictureUrl(comparison, label)}
            alt={t('picture', { label })}
            draggable={false}
            decoding="sync"
            data-hidden={isHidden || undefined}
            style={{ transform: `scale(${zoom.scale})`, transformOrigin: `${zoom.x}% ${zoom.y}%` }}
            onLoad={() => onShown(label)}
            onError={() => setBroken(true)}
          />
        )}
      </div>
    </figure>
  );
}
