import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import { formatNumber } from '../../ui/format.ts';
import { WordDiffView } from '../../ui/word-diff-view.tsx';
import classes from './assistant-panel.module.css';
import type { AssistantWork, Writing } from './assistant-store.ts';
import { writingWords } from './assistant-words.ts';

interface AssistantResultProps {
  readonly work: AssistantWork;
  readonly writing: Writing;
  readonly onAccept: (text: string) => void;
  readonly onClose: () => void;
}

/** The answer beside what it began with, to take, to change before, or to leave. */
export function AssistantResult({ work, writing, onAccept, onClose }: AssistantResultProps) {
  const { t } = useTranslation('promptEditor');
  const [text, setText] = useState(writing.text);
  const [isEdited, setEdited] = useState(false);
  const accept = useRef<HTMLButtonElement>(null);
  // A translation, or a negative prompt, has no word in common with what it came from.
  const isComparable = work.task === 'optimize' || work.task === 'expand' || work.task === 'rewrite';

  useEffect(() => {
    accept.current?.focus({ preventScroll: true });
  }, []);

  return (
    <>
      <p className={classes.who}>{writingWords(writing, t)}</p>
      {writing.reason !== null && <p className={classes.note}>{writing.reason}</p>}
      {isEdited && (
        <Textarea
          aria-label={t('assistant.editField')}
          autosize
          minRows={3}
          maxRows={14}
          maxLength={longestPrompt}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {!isEdited && (
        <div className={classes.written} dir="auto" tabIndex={0} role="region" aria-label={t('assistant.answer')}>
          {isComparable ? <WordDiffView before={work.before} after={text} /> : text}
        </div>
      )}
      <p className={classes.note}>
        {t('assistant.lengths', {
          before: formatNumber(work.before.length),
          after: formatNumber(text.length),
        })}
      </p>
      <div className={classes.buttons}>
        <Button ref={accept} size="xs" disabled={text.trim() === ''} onClick={() => onAccept(text)}>
          {t('assistant.accept')}
        </Button>
        <Button size="xs" variant="default" aria-pressed={isEdited} onClick={() => setEdited(!isEdited)}>
          {t(isEdited ? 'assistant.compare' : 'assistant.edit')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('assistant.discard')}
        </Button>
      </div>
    </>
  );
}
