import { Button, TextInput } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { systemContext } from '../ui/stores/shared-stores.ts';
import classes from './folder-field.module.css';

interface FolderFieldProps {
  readonly folder: string;
  readonly onChange: (folder: string) => void;
}

/** A folder on this machine: typed, or picked with the desktop's own dialogue where there is one. */
export function FolderField({ folder, onChange }: FolderFieldProps) {
  const { t } = useTranslation('firstRun');
  const canChoose = systemContext.useStore((state) => state.info?.abilities.chooseFolder === true);
  const { chooseFolder } = systemContext.useStoreApi().getState();

  const choose = async (): Promise<void> => {
    const chosen = await chooseFolder();
    if (chosen !== null) onChange(chosen);
  };

  return (
    <div className={classes.field}>
      <TextInput
        className={classes.input}
        size="md"
        label={t('folder')}
        leftSection={<IconFolder size={16} aria-hidden />}
        spellCheck={false}
        value={folder}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {canChoose && (
        <Button size="md" variant="default" onClick={() => void choose()}>
          {t('choose')}
        </Button>
      )}
    </div>
  );
}
