import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { wordDiff } from './word-diff.ts';
import classes from './word-diff-view.module.css';

interface WordDiffViewProps {
  readonly before: string;
  readonly after: string;
}

/** Two texts as one: what went is struck through, what came is underlined, and both are said aloud. */
export function WordDiffView({ before, after }: WordDiffViewProps) {
  const { t } = useTranslation('ui');
  const changes = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <p className={classes.text}>
      {changes.map(({ kind, text }, place) => {
        if (kind === 'kept') return <span key={place}>{text}</span>;
        const Tag = kind === 'added' ? 'ins' : 'del';
        return (
          <Tag key={place} className={classes[kind]}>
            <VisuallyHidden>{t(`diff.${kind}`)} </VisuallyHidden>
            {text}
            <VisuallyHidden>{t('diff.end')} </VisuallyHidden>
          </Tag>
        );
      })}
    </p>
  );
}
