import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionRegistry, actionSections, type Action } from './actions/action-registry.ts';
import { useActions } from './actions/use-actions.ts';
import classes from './help-sheet.module.css';
import { KeyHint } from './key-hint.tsx';

/** Every shortcut that was offered when it was opened, drawn from the actions themselves. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('ui');
  const [actions] = useState(() =>
    actionRegistry.getState().layers.flatMap((layer) => layer.actions.filter(({ keys }) => keys.length > 0)),
  );

  useActions([], { modal: true });

  const row = ({ name, label, keys }: Action) => (
    <div key={name} className={classes.row}>
      <dt>{label}</dt>
      <dd className={classes.keys}>
        {keys.map((combination) => (
          <KeyHint key={combination} keys={combination} spoken />
        ))}
      </dd>
    </div>
  );

  return (
    <Modal
      opened
      size={720}
      title={t('actions.help')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      onClose={onClose}
    >
      <p className={classes.intro}>{t('actions.helpIntro')}</p>
      <div className={classes.columns}>
        {actionSections.map((section) => {
          const own = actions.filter((action) => action.section === section);
          return own.length === 0 ? null : (
            <section key={section} className={classes.section}>
              <h3 className={classes.heading}>{t(`actions.sections.${section}`)}</h3>
              <dl className={classes.list}>{own.map(row)}</dl>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
