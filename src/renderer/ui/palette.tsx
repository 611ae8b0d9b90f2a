import { Combobox, Modal, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionRegistry, availableActions, type Action } from './actions/action-registry.ts';
import { useActions } from './actions/use-actions.ts';
import { KeyHint } from './key-hint.tsx';
import classes from './palette.module.css';

/** What belongs to the place comes before what is everywhere. */
function offeredActions(): Action[] {
  const rank = ({ section }: Action): number => (section === 'everywhere' ? 1 : 0);
  return availableActions(actionRegistry.getState().layers)
    .filter(({ hidden }) => hidden !== true)
    .sort((a, b) => rank(a) - rank(b));
}

function matching(actions: readonly Action[], query: string): Action[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}

/** Finds any action by its name. What is offered is fixed when it opens. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('ui');
  const [query, setQuery] = useState('');
  const [offered] = useState(offeredActions);
  const combobox = useCombobox({ opened: true });
  const found = matching(offered, query);

  useActions([], { modal: true });

  useEffect(() => {
    combobox.selectFirstOption();
    // Each keystroke makes another list; the store itself stays the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [query]);

  const run = (name: string): void => {
    onClose();
    offered.find((action) => action.name === name)?.run();
  };

  return (
    <Modal
      opened
      size={560}
      padding={0}
      yOffset="12vh"
      centered={false}
      withCloseButton={false}
      title={t('actions.palette')}
      styles={{ header: { display: 'none' } }}
      onClose={onClose}
    >
      <Combobox store={combobox} withinPortal={false} onOptionSubmit={run}>
        <label className={classes.search}>
          <IconSearch size={16} aria-hidden />
          <Combobox.EventsTarget withExpandedAttribute>
            <input
              onKeyDownCapture={(event) => {
                // The list would take it for itself, and the palette would stay.
                if (event.key === 'Escape') onClose();
              }}
              autoFocus
              role="combobox"
              data-autofocus
              className={classes.input}
              aria-label={t('actions.palette')}
              placeholder={t('actions.palettePlaceholder')}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          </Combobox.EventsTarget>
        </label>
        <Combobox.Options className={classes.options} aria-label={t('actions.palette')}>
          {found.map(({ name, label, section, keys }) => (
            <Combobox.Option key={name} value={name} className={classes.option}>
              <span className={classes.label}>{label}</span>
              <span className={classes.section}>{t(`actions.sections.${section}`)}</span>
              {keys[0] !== undefined && <KeyHint keys={keys[0]} />}
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t('actions.paletteNone', { query })}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </Modal>
  );
}
