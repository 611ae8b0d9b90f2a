import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { styleFileFormats } from '../../../shared/prompt-text/style-files.ts';
import { FileChoice } from '../../ui/file-choice.tsx';
import { stylesContext } from './editor-context.ts';

/** Styles from and into files of this and other programs. */
export function StyleFileMenu() {
  const { t } = useTranslation('promptEditor');
  const hasOwn = stylesContext.useStore((state) => state.styles.some(({ isBuiltIn }) => !isBuiltIn));
  const { importFile, exportOwn } = stylesContext.useStoreApi().getState();
  return (
    <>
      <FileChoice
        accept=".json,.csv,application/json,text/csv"
        label={t('styles.import')}
        onChoose={([file]) => void importFile(file)}
      >
        {(button) => (
          <Button {...button} variant="default">
            {t('styles.import')}
          </Button>
        )}
      </FileChoice>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" disabled={!hasOwn} title={hasOwn ? undefined : t('styles.noneOwn')}>
            {t('styles.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {styleFileFormats.map((format) => (
            <Menu.Item key={format} onClick={() => void exportOwn(format)}>
              {t(`styles.formats.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
