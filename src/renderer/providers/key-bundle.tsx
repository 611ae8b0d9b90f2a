import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ImportedKey } from '../../shared/models/keys.ts';
import { FileChoice } from '../ui/file-choice.tsx';
import { PassphraseForm } from '../ui/passphrase-form.tsx';
import { keysContext, providersContext } from '../ui/stores/shared-stores.ts';
import classes from './key-storage.module.css';

interface KeyBundleProps {
  readonly kind: 'export' | 'import';
  readonly onDone: () => void;
}

function ImportedKeys({ keys, onDone }: { readonly keys: readonly ImportedKey[]; readonly onDone: () => void }) {
  const { t } = useTranslation('providers');
  const providers = providersContext.useStore((state) => state.providers);
  const nameOf = (id: string): string => providers.find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  const replaced = keys.filter((key) => key.replaced).length;
  return (
    <div role="status">
      <p>{t('bundle.imported', { count: keys.length })}</p>
      <p className={classes.providers}>{[...new Set(keys.map(({ provider }) => nameOf(provider)))].join(', ')}</p>
      {replaced > 0 && <p>{t('bundle.replaced', { count: replaced })}</p>}
      <Button mt={8} size="xs" variant="default" autoFocus onClick={onDone}>
        {t('bundle.done')}
      </Button>
    </div>
  );
}

/** Carries keys from one machine to another: an encrypted file with a passphrase of its own. */
export function KeyBundle({ kind, onDone }: KeyBundleProps) {
  const { t } = useTranslation('providers');
  const { exportBundle, importBundle } = keysContext.useStoreApi().getState();
  const [file, setFile] = useState<File | null>(null);
  const [imported, setImported] = useState<readonly ImportedKey[] | null>(null);

  const save = async (passphrase: string): Promise<ErrorReport | null> => {
    const problem = await exportBundle(passphrase);
    if (problem === null) onDone();
    return problem;
  };
  const take = async (passphrase: string): Promise<ErrorReport | null> => {
    if (file === null) return null;
    const answer = await importBundle(await file.text(), passphrase);
    if ('error' in answer) return answer.error;
    setImported(answer.imported);
    return null;
  };

  if (imported !== null) return <ImportedKeys keys={imported} onDone={onDone} />;
  if (kind === 'export') {
    return (
      <>
        <p>{t('bundle.exportText')}</p>
        <PassphraseForm kind="choose" submitLabel={t('bundle.export')} autoFocus onSubmit={save} onCancel={onDone} />
      </>
    );
  }
  return (
    <>
      <p>{t('bundle.importText')}</p>
      <div className={classes.file}>
        <FileChoice onChoose={([chosen]) => setFile(chosen)} accept=".age,.txt,text/plain">
          {(button) => (
            <Button {...button} size="xs" variant="default" autoFocus>
              {t('bundle.choose')}
            </Button>
          )}
        </FileChoice>
        <span>{file?.name}</span>
        {file === null && (
          <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
            {t('cancel')}
          </Button>
        )}
      </div>
      {file !== null && (
        <PassphraseForm kind="open" submitLabel={t('bundle.import')} autoFocus onSubmit={take} onCancel={onDone} />
      )}
    </>
  );
}
