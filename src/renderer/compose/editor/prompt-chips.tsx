import { UnstyledButton } from '@mantine/core';
import { IconLock, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCompose } from '../use-compose.ts';
import { stylesContext } from './editor-context.ts';
import classes from './prompt-chips.module.css';
import { toggleLocked } from './toggle-locked.ts';
import { withoutStyle } from './toggle-style.ts';

/** Chosen styles and kept words below the prompt; each goes away by a click, Enter, Delete or Backspace. */
export function PromptChips() {
  const { t } = useTranslation('promptEditor');
  const { draft, change } = useCompose();
  const known = stylesContext.useStore((state) => state.styles);
  const { promptOptions } = draft;
  const chips = [
    ...[...promptOptions.styles, ...promptOptions.enhancers].map((id) => ({
      ...{ key: `style ${id}`, isLocked: false, name: known.find((style) => style.id === id)?.name ?? id },
      remove: () => change({ promptOptions: withoutStyle(promptOptions, id) }),
    })),
    ...promptOptions.locked.map((term) => ({
      ...{ key: `locked ${term}`, isLocked: true, name: term },
      remove: () => change({ promptOptions: toggleLocked(promptOptions, term) ?? promptOptions }),
    })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('chips.label')}>
      {chips.map(({ key, name, isLocked, remove }) => (
        <li key={key}>
          <UnstyledButton
            className={classes.chip}
            aria-label={t(isLocked ? 'chips.unlock' : 'chips.remove', { name })}
            onClick={remove}
            onKeyDown={(event) => {
              if (event.key !== 'Delete' && event.key !== 'Backspace') return;
              event.preventDefault();
              event.stopPropagation();
              remove();
            }}
          >
            {isLocked && <IconLock size={12} aria-hidden />}
            <span className={classes.name}>{name}</span>
            <IconX size={12} aria-hidden />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
