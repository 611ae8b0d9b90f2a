import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyPlace } from '../ui/key-words.ts';

/** What opens below when it is asked for. */
export type KeyForm = 'choose' | 'change' | 'export' | 'import';

interface KeyStorageActionsProps {
  readonly place: KeyPlace;
  readonly keychainName: string | null;
  readonly onForm: (form: KeyForm) => void;
  readonly onLock: () => void;
  readonly onMove: () => void;
}

function Action({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="xs" variant="default" onClick={onClick}>
      {label}
    </Button>
  );
}

/** What can be done to the place where keys are kept. */
export function KeyStorageActions({ place, keychainName, onForm, onLock, onMove }: KeyStorageActionsProps) {
  const { t } = useTranslation('providers');
  switch (place) {
    case 'locked':
    case 'unopened':
      return null;
    case 'none':
      return (
        <Group gap={8}>
          <Action label={t('storage.choose')} onClick={() => onForm('choose')} />
        </Group>
      );
    case 'keychain':
      return (
        <Group gap={8}>
          <Action label={t('storage.choose')} onClick={() => onForm('choose')} />
          <Action label={t('storage.export')} onClick={() => onForm('export')} />
          <Action label={t('storage.import')} onClick={() => onForm('import')} />
        </Group>
      );
    case 'open':
      return (
        <Group gap={8}>
          <Action label={t('storage.lock')} onClick={onLock} />
          <Action label={t('storage.change')} onClick={() => onForm('change')} />
          {keychainName !== null && <Action label={t('storage.toKeychain', { name: keychainName })} onClick={onMove} />}
          <Action label={t('storage.export')} onClick={() => onForm('export')} />
          <Action label={t('storage.import')} onClick={() => onForm('import')} />
        </Group>
      );
  }
}
