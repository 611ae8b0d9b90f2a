import { UnstyledButton } from '@mantine/core';
import { IconLock, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { protectedParts } from '../../../shared/prompt-text/protected-parts.ts';
import { useCompose } from '../use-compose.ts';
import { stylesContext } from './editor-context.ts';
import classes from './prompt-chips.module.css';
import { toggleLocked } from './toggle-locked.ts';
import { withoutStyle } from './toggle-style.ts';

/** Which of the terms are nowhere in the prompt, so that there is nothing to keep. */
function missingTerms(prompt: string, terms: readonly string[]): ReadonlySet<string> {
  // A term can be inside a larger part that is kept, such as a weight.
  const isThere = (term: string): boolean =>
    protectedParts(prompt, [term]).some(({ kind, text }) => kind === 'locked' || text.includes(term));
  return new Set(terms.filter((term) => !isThere(term)));
}

/** Chosen styles and kept words below the prompt; each goes away by a click, Enter, Delete or Backspace. */
export function PromptChips() {
  const { t } = useTranslation('promptEditor');
  const { draft, change } = useCompose();
  const known = stylesContext.useStore((state) => state.styles);
  const { prompt, promptOptions } = draft;
  const { locked } = promptOptions;
  const missing = useMemo(() => missingTerms(prompt, locked), [prompt, locked]);
  const chips = [
    ...[...promptOptions.styles, ...promptOptions.enhancers].map((id) => ({
      ...{
        key: `style ${id}`,
        isLocked: false,
        isMissing: false,
        name: known.find((style) => style.id === id)?.name ?? id,
      },
      remove: () => change({ promptOptions: withoutStyle(promptOptions, id) }),
    })),
    ...locked.map((term) => ({
      ...{ key: `locked ${term}`, isLocked: true, isMissing: missing.has(term), name: term },
      remove: () => change({ promptOptions: toggleLocked(promptOptions, term) ?? promptOptions }),
    })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('chips.label')}>
      {chips.map(({ key, name, isLocked, isMissing, remove }) => (
        <li key={key}>
          <UnstyledButton
            className={classes.chip}
            data-missing={isMissing || undefined}
            aria-label={t(isMissing ? 'chips.unlockMissing' : isLocked ? 'chips.unlock' : 'chips.remove', { name })}
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
            {isMissing && <span className={classes.missing}>{t('chips.missing')}</span>}
            <IconX size={12} aria-hidden />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
