import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { PassphraseForm } from './passphrase-form.tsx';
import classes from './key-field.module.css';

interface KeyPassphraseProps {
  /** There is no vault yet: it is made with what is chosen here. */
  readonly isNew: boolean;
  readonly onSubmit: (passphrase: string) => Promise<ErrorReport | null>;
  readonly onCancel: () => void;
  /** Further buttons. */
  readonly more: ReactNode;
}

/** Asks for the vault's passphrase where a key is about to be saved. */
export function KeyPassphrase({ isNew, onSubmit, onCancel, more }: KeyPassphraseProps) {
  const { t } = useTranslation('providers');
  return (
    <div className={classes.place}>
      <p>{t(isNew ? 'keys.needsVault' : 'keys.needsUnlock')}</p>
      <PassphraseForm
        kind={isNew ? 'choose' : 'open'}
        submitLabel={t(isNew ? 'keys.makeVaultAndSave' : 'keys.unlockAndSave')}
        autoFocus
        onSubmit={onSubmit}
        onCancel={onCancel}
        more={more}
      />
    </div>
  );
}
