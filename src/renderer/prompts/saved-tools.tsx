import { Button, Menu } from '@mantine/core';
import { IconFileExport, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { savedFileFormats } from '../../shared/prompt-text/write-prompt-list.ts';
import { savedContext } from './prompts-context.ts';

interface SavedToolsProps {
  readonly onAdd: () => void;
  readonly onImport: () => void;
}

/** What can be done with kept prompts as a whole. */
export function SavedTools({ onAdd, onImport }: SavedToolsProps) {
  const { t } = useTranslation('prompts');
  const isEmpty = savedContext.useStore((state) => state.prompts.length === 0);
  const { exportAll } = savedContext.useStoreApi().getState();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
        onClick={onAdd}
      >
        {t('saved.new')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileImport size={14} stroke={1.75} aria-hidden />}
        onClick={onImport}
      >
        {t('saved.import')}
      </Button>
      <Menu position="bottom-end" disabled={isEmpty}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={isEmpty}
            leftSection={<IconFileExport size={14} stroke={1.75} aria-hidden />}
          >
            {t('saved.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {savedFileFormats.map((format) => (
            <Menu.Item key={format} onClick={() => exportAll(format)}>
              {t(`saved.formats.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
