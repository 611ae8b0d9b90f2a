import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionRegistry, actionSections, type Action } from './actions/action-registry.ts';
import { useActions } from './actions/use-actions.ts';
import classes from './help-sheet.module.css';
import { KeyHint } from './key-hint.tsx';

type Shortcut = Pick<Action, 'name' | 'label' | 'section' | 'keys'>;

interface HelpSheetProps {
  /** Of places that are not open. */
  readonly elsewhere: readonly Shortcut[];
  readonly onClose: () => void;
}

/** Every shortcut: those that were offered when it was opened, drawn from the actions themselves, and those of other places. */
export function HelpSheet({ elsewhere, onClose }: HelpSheetProps) {
  const { t } = useTranslation('ui');
  const [actions] = useState((): readonly Shortcut[] => {
    const offered = actionRegistry.getState().layers.flatMap(({ actions: own }): readonly Shortcut[] => own);
    const others = elsewhere.filter(({ name }) => !offered.some((action) => action.name === name));
    return [...offered, ...others].filter(({ keys }) => keys.length > 0);
  });

  useActions([], { modal: true });

  const row = ({ name, label, keys }: Shortcut) => (
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
              <dl>{own.map(row)}</dl>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
