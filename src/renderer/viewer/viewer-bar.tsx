import {
  IconArrowsMaximize,
  IconChevronLeft,
  IconChevronRight,
  IconInfoCircle,
  IconTrash,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { ZoomControl } from './use-zoom.ts';
import { zoomStep } from './viewer-actions.ts';
import classes from './viewer.module.css';

interface ViewerBarProps {
  readonly place: number | null;
  readonly total: number;
  /** Null for what is not zoomed: a video. */
  readonly control: ZoomControl | null;
  readonly isDetailsOpen: boolean;
  readonly onStep: (side: 'older' | 'newer') => void;
  readonly onDetails: () => void;
  readonly onFullScreen: () => void;
  readonly onTrash: () => void;
  readonly onClose: () => void;
}

const icon = { size: 18, stroke: 1.75 } as const;

function ZoomButtons({ control }: { readonly control: ZoomControl }) {
  const { t } = useTranslation('viewer');
  return (
    <>
      <span className={classes.divider} />
      <IconButton
        label={t('zoomOut')}
        keys="-"
        icon={<IconZoomOut {...icon} />}
        onClick={() => control.zoomBy(1 / zoomStep)}
      />
      <UnstyledButton
        className={classes.share}
        aria-label={`${t('zoomLevel', { percent: Math.round(control.share * 100) })}, ${t('zoomToggle')}`}
        onClick={() => control.toggle()}
      >
        {t('zoomLevel', { percent: Math.round(control.share * 100) })}
      </UnstyledButton>
      <IconButton
        label={t('zoomIn')}
        keys="+"
        icon={<IconZoomIn {...icon} />}
        onClick={() => control.zoomBy(zoomStep)}
      />
    </>
  );
}

/** The line above the picture. */
export function ViewerBar(props: ViewerBarProps) {
  const { t } = useTranslation('viewer');
  const { place, total, control } = props;
  return (
    <header className={classes.bar}>
      <div className={classes.group}>
        <IconButton label={t('close')} keys="Escape" icon={<IconX {...icon} />} onClick={props.onClose} />
        <span className={classes.position}>
          {place !== null && t('position', { place: formatNumber(place + 1), total: formatNumber(total) })}
        </span>
      </div>
      <div className={classes.group}>
        <IconButton
          label={t('previous')}
          disabled={place === 0}
          icon={<IconChevronLeft {...icon} className={classes.directed} />}
          onClick={() => props.onStep('newer')}
        />
        <IconButton
          label={t('next')}
          disabled={place !== null && place >= total - 1}
          icon={<IconChevronRight {...icon} className={classes.directed} />}
          onClick={() => props.onStep('older')}
        />
        {control !== null && <ZoomButtons control={control} />}
      </div>
      <div className={classes.group}>
        <IconButton label={t('trash')} keys="Delete" icon={<IconTrash {...icon} />} onClick={props.onTrash} />
        <IconButton
          label={t('fullScreen')}
          keys="F11"
          icon={<IconArrowsMaximize {...icon} />}
          onClick={props.onFullScreen}
        />
        <IconButton
          label={t('details')}
          keys="KeyI"
          aria-pressed={props.isDetailsOpen}
          variant={props.isDetailsOpen ? 'light' : 'subtle'}
          icon={<IconInfoCircle {...icon} />}
          onClick={props.onDetails}
        />
      </div>
    </header>
  );
}
