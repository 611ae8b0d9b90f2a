import { Button } from '@mantine/core';
import { IconLock, IconPalette } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AssistantTask } from '../../../shared/models/assistants.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { AssistantMenu } from './assistant-menu.tsx';
import classes from './prompt-tools.module.css';

interface PromptToolsProps {
  readonly onStyles: () => void;
  readonly onLock: () => void;
  readonly obstacle: (task: AssistantTask) => string | null;
  readonly onTask: (task: AssistantTask) => void;
}

/** What can be done with the prompt by mouse; all of it is an action of the palette, too. */
export function PromptTools({ onStyles, onLock, obstacle, onTask }: PromptToolsProps) {
  const { t } = useTranslation('promptEditor');
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('tools.label')}>
      <Button size="xs" variant="default" leftSection={<IconPalette size={14} aria-hidden />} onClick={onStyles}>
        {t('tools.styles')}
      </Button>
      <AssistantMenu obstacle={obstacle} onStart={onTask} />
      <IconButton
        className={classes.lock}
        size="xs"
        label={t('tools.lock')}
        keys="Mod+Shift+KeyL"
        icon={<IconLock size={16} stroke={1.75} aria-hidden />}
        // What is selected stays so.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onLock}
      />
    </div>
  );
}
