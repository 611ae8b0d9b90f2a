import { Button, Loader, UnstyledButton } from '@mantine/core';
import { IconPhoto, IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { inputUrl } from '../backend/picture-urls.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { FileChoice } from '../ui/file-choice.tsx';
import { formatSize } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { composeContext } from './compose-context.ts';
import type { PictureSlot as Slot } from './compose-store.ts';
import classes from './picture-slot.module.css';

/** What can be a reference: file types for the file dialogue. */
export const acceptedPictures = 'image/png,image/jpeg,image/webp,image/gif,image/avif';

interface PictureSlotProps {
  readonly slot: Slot;
  readonly label: string;
  readonly alt: string;
  readonly removeLabel: string;
  readonly note?: string | undefined;
}

/** A place for one picture: drop, paste or choose it; then it shows what it holds. */
export function PictureSlot({ slot, label, alt, removeLabel, note }: PictureSlotProps) {
  const { t } = useTranslation(['compose', 'ui']);
  const picture = composeContext.useStore((state) => state.draft[slot]);
  const uploading = composeContext.useStore((state) => state.uploading[slot]);
  const error = composeContext.useStore((state) => state.uploadError[slot]);
  const { setPicture, removePicture, change } = composeContext.useStoreApi().getState();
  const [over, setOver] = useState(false);
  const [unreadable, setUnreadable] = useState<string | null>(null);

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) void setPicture(slot, file);
  };

  return (
    <section
      aria-label={label}
      className={classes.slot}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 className={classes.label}>{label}</h2>
      {picture === null || uploading ? (
        <FileChoice accept={acceptedPictures} disabled={uploading} onChoose={([file]) => void setPicture(slot, file)}>
          {(button) => (
            <UnstyledButton {...button} className={classes.drop} aria-label={`${label}: ${t('referenceChoose')}`}>
              {uploading ? <Loader size={16} /> : <IconPhotoPlus size={18} stroke={1.5} aria-hidden />}
              <span>
                {uploading ? t('referenceUploading') : over ? t('referenceDropNow') : `${t('referenceDrop')} `}
                {!uploading && !over && <span className={classes.choose}>{t('referenceChoose')}</span>}
              </span>
            </UnstyledButton>
          )}
        </FileChoice>
      ) : (
        <div className={classes.held}>
          {unreadable === picture.id ? (
            <span className={classes.placeholder}>
              <IconPhoto size={20} stroke={1.5} aria-hidden />
            </span>
          ) : (
            <img
              className={classes.picture}
              src={inputUrl(picture.id)}
              alt={alt}
              onError={() => setUnreadable(picture.id)}
              onLoad={({ currentTarget }) => {
                if (picture.width !== null) return;
                const { naturalWidth: width, naturalHeight: height } = currentTarget;
                change({ [slot]: { ...picture, width, height } });
              }}
            />
          )}
          <span className={classes.size}>
            {picture.width !== null && picture.height !== null && formatSize(picture.width, picture.height)}
          </span>
          <IconButton label={removeLabel} icon={<IconX size={16} aria-hidden />} onClick={() => removePicture(slot)} />
        </div>
      )}
      {note !== undefined && <p className={classes.note}>{note}</p>}
      {error !== null && (
        <ErrorNote
          error={error}
          actions={
            <Button size="xs" variant="default" onClick={() => removePicture(slot)}>
              {t('ui:common.dismiss')}
            </Button>
          }
        />
      )}
    </section>
  );
}
