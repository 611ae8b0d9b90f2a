import { Button, Menu } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { useId } from 'react';
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
  const reasons = (available ?? []).flatMap(({ reason }) => reason ?? []);
  // What keeps several of them from working is said once, above them all.
  const common = reasons.find((reason, place) => reasons.indexOf(reason) !== place) ?? null;
  const commonId = useId();
  const getModel = <Menu.Item onClick={() => openProviders('ollama')}>{t('assistant.getModel')}</Menu.Item>;

  return (
    <Menu position="bottom-start" width={300} onOpen={() => void loadAvailable()}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconWand size={14} aria-hidden />}>
          {t('assistant.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {common !== null && (
          <>
            <p id={commonId} className={classes.common}>
              {common}
            </p>
            {getModel}
            <Menu.Divider />
          </>
        )}
        {assistantTasks.map((task) => {
          const reason = whyNot(task);
          return (
            <Menu.Item
              key={task}
              // Not `disabled`: whoever comes by key shall hear the reason, too.
              aria-disabled={reason !== null}
              aria-describedby={reason !== null && reason === common ? commonId : undefined}
              className={classes.item}
              closeMenuOnClick={reason === null}
              onClick={() => reason === null && onStart(task)}
            >
              {t(`assistant.tasks.${task}`)}
              {reason !== null && reason !== common && <span className={classes.reason}>{reason}</span>}
            </Menu.Item>
          );
        })}
        {common === null && reasons.length > 0 && (
          <>
            <Menu.Divider />
            {getModel}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
