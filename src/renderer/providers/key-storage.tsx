import { IconAlertTriangle, IconLock, IconLockOpen2, IconShieldLock } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { announce } from '../ui/announcer.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { PassphraseForm } from '../ui/passphrase-form.tsx';
import { keysContext } from '../ui/stores/shared-stores.ts';
import { KeyBundle } from './key-bundle.tsx';
import { KeyStorageActions, type KeyForm } from './key-storage-actions.tsx';
import classes from './key-storage.module.css';
import { keyPlaceOf } from '../ui/key-words.ts';

const icons = {
  none: IconShieldLock,
  keychain: IconShieldLock,
  unopened: IconAlertTriangle,
  open: IconLockOpen2,
  locked: IconLock,
};
/** Where keys are kept, how well that protects them, and what can be done about it. */
export function KeyStorage() {
  const { t } = useTranslation('providers');
  const storage = keysContext.useStore((state) => state.storage);
  const keys = keysContext.useStoreApi().getState();
  const [form, setForm] = useState<KeyForm | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  if (storage === null) return null;
  const place = keyPlaceOf(storage);
  const name = storage.keychainName ?? t('keychain');
  const Icon = icons[place];
  /** What had the keyboard is about to go. */
  const keepFocus = (): void => title.current?.focus();
  const close = (): void => {
    keepFocus();
    setForm(null);
  };

  const finish = (problem: ErrorReport | null, said: string): ErrorReport | null => {
    if (problem === null) {
      close();
      announce(said);
    }
    return problem;
  };
  const choose = async (passphrase: string) => finish(await keys.makeVault(passphrase), t('storage.saidVault'));
  const change = async (passphrase: string, next: string) =>
    finish(await keys.changePassphrase(passphrase, next), t('storage.saidChanged'));
  const unlock = async (passphrase: string) => finish(await keys.unlock(passphrase), t('storage.saidUnlocked'));

  return (
    <section className={classes.panel} data-place={place} aria-labelledby="key-storage-title">
      <Icon className={classes.icon} size={20} stroke={1.5} aria-hidden />
      <div className={classes.body}>
        <h2 ref={title} tabIndex={-1} id="key-storage-title" className={classes.title}>
          {t(`storage.title.${place}`, { name })}
        </h2>
        <p className={classes.text}>{t(`storage.text.${place}`, { name })}</p>
        {storage.problem !== null && (
          <p className={classes.problem} role="status">
            {storage.problem}
          </p>
        )}
        {place === 'locked' && <PassphraseForm kind="open" submitLabel={t('storage.unlock')} onSubmit={unlock} />}
        {form === null && (
          <KeyStorageActions
            place={place}
            keychainName={storage.keychainName}
            onForm={setForm}
            onLock={() => {
              keepFocus();
              void keys.lock();
            }}
            onMove={() => void keys.moveToKeychain().then(setError)}
          />
        )}
        {error !== null && <ErrorNote error={error} />}
        {form === 'choose' && (
          <PassphraseForm
            kind="choose"
            submitLabel={t('storage.makeVault')}
            autoFocus
            onSubmit={choose}
            onCancel={close}
          />
        )}
        {form === 'change' && (
          <PassphraseForm
            kind="change"
            submitLabel={t('storage.change')}
            autoFocus
            onSubmit={change}
            onCancel={close}
          />
        )}
        {(form === 'export' || form === 'import') && <KeyBundle kind={form} onDone={close} />}
      </div>
    </section>
  );
}
