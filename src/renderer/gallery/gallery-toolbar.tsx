import { Button, SegmentedControl, Slider, Tooltip } from '@mantine/core';
import { IconAspectRatio, IconPhotoScan, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import type { CellFit } from './choose-thumbnail.ts';
import { galleryContext, galleryLookContext } from './gallery-context.ts';
import { cellSizes } from './grid-layout.ts';
import classes from './gallery-view.module.css';
import { RateSelected } from './rate-selected.tsx';

function Selected() {
  const { t } = useTranslation('gallery');
  const count = galleryContext.useStore((state) => state.selectedCount);
  const clear = galleryContext.useStore((state) => state.clearSelection);
  const trash = galleryContext.useStore((state) => state.trashSelected);
  return (
    <div className={classes.selected}>
      <span role="status">
        {count === null ? t('counting') : t('selected', { count, formatted: formatNumber(count) })}
      </span>
      <RateSelected />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconTrash size={14} stroke={1.75} aria-hidden />}
        onClick={() => void trash()}
      >
        {t('delete')}
      </Button>
      <IconButton
        size="xs"
        label={t('clearSelection')}
        keys="Escape"
        icon={<IconX size={14} stroke={1.75} />}
        onClick={clear}
      />
    </div>
  );
}

function Look() {
  const { t } = useTranslation('gallery');
  const { cellSize, fit, setCellSize, setFit } = galleryLookContext.useStore((state) => state);
  const choice = (value: CellFit, label: string, icon: React.ReactNode) => ({
    value,
    label: (
      <Tooltip label={label}>
        <span className={classes.choice}>
          {icon}
          <span className={classes.name}>{label}</span>
        </span>
      </Tooltip>
    ),
  });
  return (
    <div className={classes.look}>
      <SegmentedControl<CellFit>
        aria-label={t('fit')}
        value={fit}
        onChange={setFit}
        data={[
          choice('cover', t('fitCover'), <IconPhotoScan size={16} stroke={1.75} aria-hidden />),
          choice('contain', t('fitContain'), <IconAspectRatio size={16} stroke={1.75} aria-hidden />),
        ]}
      />
      <Slider
        className={classes.size}
        thumbLabel={t('cellSize')}
        thumbValueText={(size) => t('cellSizeValue', { size })}
        label={null}
        min={cellSizes.least}
        max={cellSizes.most}
        step={cellSizes.step}
        value={cellSize}
        onChange={setCellSize}
      />
    </div>
  );
}

/** The line above the pictures: how many, what is selected, how they look. */
export function GalleryToolbar() {
  const { t } = useTranslation('gallery');
  const total = galleryContext.useStore((state) => state.total);
  const hasSelection = galleryContext.useStore((state) => state.selection.length > 0);
  return (
    <header className={classes.toolbar}>
      <h1>{t('title')}</h1>
      {hasSelection && <Selected />}
      {!hasSelection && total > 0 && (
        <span className={classes.count}>{t('count', { count: total, formatted: formatNumber(total) })}</span>
      )}
      {total > 0 && <Look />}
    </header>
  );
}
