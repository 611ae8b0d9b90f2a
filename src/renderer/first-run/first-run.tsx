import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { providersContext, systemContext } from '../ui/stores/shared-stores.ts';
import { CloudKeys } from './cloud-keys.tsx';
import { FolderField } from './folder-field.tsx';
import { FoundServers } from './found-servers.tsx';
import classes from './first-run.module.css';
import { SetupPage } from './setup-page.tsx';

/** The first start: a folder, what was found on this machine, a key or none, and off. */
export function FirstRun() {
  const { t } = useTranslation('firstRun');
  const proposed = systemContext.useStore((state) => state.info?.library.folder ?? '');
  const { openLibrary } = systemContext.useStoreApi().getState();
  const { discover } = providersContext.useStoreApi().getState();
  // The fields for keys are forms of their own, so that this one ends before them.
  const formId = useId();
  const [folder, setFolder] = useState(proposed);
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  /** What is typed and not saved: whoever goes on means it. */
  const unsaved = useRef(new Map<string, () => Promise<boolean>>());
  const [isKeyLeft, setIsKeyLeft] = useState(false);

  useEffect(() => void discover(), [discover]);

  const start = async (): Promise<void> => {
    setOpening(true);
    for (const save of [...unsaved.current.values()]) {
      if (await save()) continue;
      setIsKeyLeft(true);
      setOpening(false);
      return;
    }
    setError(await openLibrary(folder.trim()));
    setOpening(false);
  };

  return (
    <SetupPage title={t('title')} intro={t('intro')}>
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <section className={classes.section}>
          <h2 className={classes.heading}>{t('folderTitle')}</h2>
          <p className={classes.text}>{t('folderText')}</p>
          <FolderField folder={folder} onChange={setFolder} />
        </section>
      </form>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t('foundTitle')}</h2>
        <p className={classes.text}>{t('foundText')}</p>
        <FoundServers />
      </section>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t('keysTitle')}</h2>
        <p className={classes.text}>{t('keysText')}</p>
        <CloudKeys
          onUnsaved={(field, save) => {
            setIsKeyLeft(false);
            if (save === null) unsaved.current.delete(field);
            else unsaved.current.set(field, save);
          }}
        />
      </section>
      {isKeyLeft && (
        <p className={classes.left} role="alert">
          {t('keyLeft')}
        </p>
      )}
      {error !== null && (
        <div className={classes.error}>
          <ErrorNote error={error} />
        </div>
      )}
      <Button type="submit" form={formId} size="lg" fz={14} fw={600} loading={opening} disabled={folder.trim() === ''}>
        {t('start')}
      </Button>
    </SetupPage>
  );
}
