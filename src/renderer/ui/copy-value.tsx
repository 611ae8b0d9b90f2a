import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './icon-button.tsx';

/** Puts a text on the clipboard and says so. */
export function CopyValue({ value, label }: { readonly value: string; readonly label: string }) {
  const { t } = useTranslation('ui');
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <IconButton
          size="xs"
          label={copied ? t('common.copied') : label}
          icon={copied ? <IconCheck size={14} stroke={1.75} /> : <IconCopy size={14} stroke={1.75} />}
          onClick={copy}
        />
      )}
    </CopyButton>
  );
}
