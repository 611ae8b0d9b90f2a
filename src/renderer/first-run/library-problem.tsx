import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { systemContext } from '../ui/stores/shared-stores.ts';
import classes from './first-run.module.css';
import { FolderField } from './folder-field.tsx';
import { SetupPage } from './setup-page.tsx';

/** The library could not be opened: why, and the two ways on. */
export function LibraryProblem() {
  const { t } = useTranslation('firstRun');
  const library = systemContext.useStore((state) => state.info?.library);
  const { openLibrary } = systemContext.useStoreApi().getState();
  const [other, setOther] = useState(library?.folder ?? '');
  const [opening, setOpening] = useState(false);
  const [failure, setFailure] = useState<ErrorReport | null>(null);
  const error = failure ?? library?.problem ?? null;

  const open = async (folder: string): Promise<void> => {
    setOpening(true);
    setFailure(await openLibrary(folder));
    setOpening(false);
  };

  return (
    <SetupPage title={t('problemTitle')} intro={<p className={classes.folder}>{library?.folder}</p>}>
      {error !== null && <ErrorNote error={error} />}
      <div className={classes.buttons}>
        <Button loading={opening} onClick={() => void open(library?.folder ?? '')}>
          {t('tryAgain')}
        </Button>
      </div>
      <form
        className={classes.section}
        onSubmit={(event) => {
          event.preventDefault();
          void open(other.trim());
        }}
      >
        <h2 className={classes.heading}>{t('anotherFolder')}</h2>
        <FolderField folder={other} onChange={setOther} />
        <div className={classes.buttons}>
          <Button type="submit" variant="default" disabled={opening || other.trim() === ''}>
            {t('openFolder')}
          </Button>
        </div>
      </form>
    </SetupPage>
  );
}
