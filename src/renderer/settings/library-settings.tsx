import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../ui/error-note.tsx';
import { systemContext } from '../ui/stores/shared-stores.ts';
import { useSubmission } from '../ui/use-submission.ts';
import classes from './settings-view.module.css';

function FolderForm({ folder, onDone }: { readonly folder: string; readonly onDone: () => void }) {
  const { t } = useTranslation('settings');
  const canChoose = systemContext.useStore((state) => state.info?.abilities.chooseFolder ?? false);
  const { openLibrary, chooseFolder } = systemContext.useStoreApi().getState();
  const [text, setText] = useState(folder);
  const { isBusy, error, submit } = useSubmission();

  const open = async (): Promise<void> => {
    if (await submit(openLibrary(text.trim()))) onDone();
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Group gap={8} align="end" wrap="nowrap">
        <TextInput
          className={classes.grow}
          autoFocus
          label={t('newFolder')}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {canChoose && (
          <Button variant="default" onClick={() => void chooseFolder().then((chosen) => setText(chosen ?? text))}>
            {t('choose')}
          </Button>
        )}
      </Group>
      <p className={classes.dim}>{t('newFolderText')}</p>
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button type="submit" loading={isBusy} disabled={text.trim() === '' || text.trim() === folder}>
          {t('open')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onDone}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}

/** Where the pictures live, and a way to another library. */
export function LibrarySettings() {
  const { t } = useTranslation('settings');
  const folder = systemContext.useStore((state) => state.info?.library.folder ?? '');
  const problem = systemContext.useStore((state) => state.info?.library.problem ?? null);
  const [isChanging, setIsChanging] = useState(false);
  return (
    <>
      <p className={classes.dim}>{t('libraryText')}</p>
      {problem !== null && <ErrorNote error={problem} />}
      {isChanging ? (
        <FolderForm folder={folder} onDone={() => setIsChanging(false)} />
      ) : (
        <div className={classes.row}>
          <span className={classes.path}>{folder}</span>
          <Button variant="default" onClick={() => setIsChanging(true)}>
            {t('change')}
          </Button>
        </div>
      )}
    </>
  );
}
