import { Button, Loader } from '@mantine/core';
import { IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { inputUrl } from '../backend/picture-urls.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { FileChoice } from '../ui/file-choice.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { composeContext } from './compose-context.ts';
import { acceptedPictures } from './picture-slot.tsx';
import classes from './references-field.module.css';
import { useCompose } from './use-compose.ts';

/** Further pictures to go by, where the model takes several; shown once there is a first one. */
export function ReferencesField() {
  const { t } = useTranslation(['compose', 'ui']);
  const { draft, chosen, fitted } = useCompose();
  const adding = composeContext.useStore((state) => state.addingReferences);
  const error = composeContext.useStore((state) => state.referencesError);
  const { addReferences, removeReference, dismissReferencesError } = composeContext.useStoreApi().getState();
  if (chosen?.model.parameters.includes('references') !== true || draft.image === null || fitted === null) return null;
  const most = chosen.model.limits.references ?? 20;
  const room = most - draft.references.length - adding;
  const unused = fitted.notes.referencesUnused;

  return (
    <section
      className={classes.field}
      aria-label={t('references')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void addReferences([...event.dataTransfer.files].slice(0, Math.max(0, room)));
      }}
    >
      <h2 className={classes.label}>
        {t('references')}{' '}
        <span className={classes.count}>{t('referencesOf', { count: draft.references.length, most })}</span>
      </h2>
      <ul className={classes.list}>
        {draft.references.map(({ id }, index) => (
          <li key={id} className={classes.item} data-unused={index >= fitted.references.length || undefined}>
            <img src={inputUrl(id)} alt={t('referencesItem', { number: index + 1 })} />
            <IconButton
              className={classes.remove}
              size="xs"
              variant="default"
              label={t('referencesRemove', { number: index + 1 })}
              icon={<IconX size={14} aria-hidden />}
              onClick={() => removeReference(index)}
            />
          </li>
        ))}
        {adding > 0 && (
          <li className={classes.item}>
            <Loader size={16} aria-label={t('referenceUploading')} />
          </li>
        )}
      </ul>
      {room > 0 && (
        <FileChoice multiple accept={acceptedPictures} onChoose={(files) => void addReferences(files.slice(0, room))}>
          {(button) => (
            <Button
              {...button}
              className={classes.add}
              size="xs"
              variant="default"
              leftSection={<IconPhotoPlus size={14} aria-hidden />}
            >
              {t('referencesAdd')}
            </Button>
          )}
        </FileChoice>
      )}
      {unused !== undefined && <p className={classes.note}>{t('notes.referencesUnused', { count: unused })}</p>}
      {error !== null && (
        <ErrorNote
          error={error}
          actions={
            <Button size="xs" variant="default" onClick={dismissReferencesError}>
              {t('ui:common.dismiss')}
            </Button>
          }
        />
      )}
    </section>
  );
}
