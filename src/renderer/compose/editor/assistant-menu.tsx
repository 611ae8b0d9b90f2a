import { Button, Menu } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { assistantTasks, type AssistantTask } from '../../../shared/models/assistants.ts';
import { viewContext } from '../../ui/stores/shared-stores.ts';
import classes from './assistant-menu.module.css';
import { assistantContext } from './editor-context.ts';

interface AssistantMenuProps {
  /** Why a task makes no sense now; null: it does. */
  readonly obstacle: (task: AssistantTask) => string | null;
  readonly onStart: (task: AssistantTask) => void;
}

/** What a model on this machine can do with the words. Where there is none, it says why and how to get one. */
export function AssistantMenu({ obstacle, onStart }: AssistantMenuProps) {
  const { t } = useTranslation('promptEditor');
  const available = assistantContext.useStore((state) => state.available);
  const { loadAvailable } = assistantContext.useStoreApi().getState();
  const { openProviders } = viewContext.useStoreApi().getState();

  const whyNot = (task: AssistantTask): string | null =>
    obstacle(task) ?? available?.find((other) => other.task === task)?.reason ?? null;
  const reasons = new Set((available ?? []).flatMap(({ reason }) => reason ?? []));

  return (
    <Menu position="bottom-start" width={300} onOpen={() => void loadAvailable()}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconWand size={14} aria-hidden />}>
          {t('assistant.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {assistantTasks.map((task) => {
          const reason = whyNot(task);
          return (
            <Menu.Item
              key={task}
              // Not `disabled`: whoever comes by key shall hear the reason, too.
              aria-disabled={reason !== null}
              className={classes.item}
              closeMenuOnClick={reason === null}
              onClick={() => reason === null && onStart(task)}
            >
              {t(`assistant.tasks.${task}`)}
              {reason !== null && <span className={classes.reason}>{reason}</span>}
            </Menu.Item>
          );
        })}
        {reasons.size > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => openProviders('ollama')}>{t('assistant.getModel')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
