import { Button, Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import classes from './assistant-panel.module.css';
import type { AssistantWork } from './assistant-store.ts';
import { AssistantResult } from './assistant-result.tsx';

const settledMs = 250;

interface AssistantPanelProps {
  readonly work: AssistantWork;
  readonly onAccept: (text: string) => void;
  /** Puts the panel away and goes back to the prompt. */
  readonly onClose: () => void;
}

/** What is being written for the editor, word by word, until it is accepted or put away. */
export function AssistantPanel({ work, onAccept, onClose }: AssistantPanelProps) {
  const { t } = useTranslation('promptEditor');
  const { task, written, model, again, result, error } = work;
  const text = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const isRunning = result === null && error === null;
  const title = t(isRunning ? `assistant.running.${task}` : `assistant.tasks.${task}`);

  const isDone = result !== null;
  const phase = error !== null ? 'failed' : isDone ? 'done' : 'running';
  useEffect(() => {
    cancel.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const show = (): void => panel.current?.scrollIntoView({ block: 'nearest' });
    show();
    // Once more when what closes or opens at the same time, such as the menu it was chosen from, has done so.
    const timer = setTimeout(show, settledMs);
    return () => clearTimeout(timer);
  }, [phase]);
  useEffect(() => {
    // Braces: in newer browsers it gives a promise, which React would take for a clean-up.
    text.current?.scrollTo({ top: text.current.scrollHeight });
  }, [written]);
  useEffect(() => {
    if (isDone) announce(t('assistant.ready'));
  }, [isDone, t]);

  return (
    <section
      ref={panel}
      className={classes.panel}
      aria-label={title}
      aria-busy={isRunning}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <h3 className={classes.title}>
        {isRunning && <Loader size={12} color="gray" aria-hidden />}
        {title}
        {isRunning && model !== null && <span className={classes.model}>{model}</span>}
      </h3>
      {again !== null && isRunning && <p className={classes.note}>{t('assistant.again', { reason: again })}</p>}
      {isRunning && (
        <div
          ref={text}
          className={classes.streamed}
          dir="auto"
          tabIndex={0}
          role="region"
          aria-label={t('assistant.soFar')}
        >
          {written === '' ? <span className={classes.model}>{t('assistant.waiting')}</span> : written}
        </div>
      )}
      {error !== null && <ErrorNote error={error} plain />}
      {result !== null && <AssistantResult work={work} writing={result} onAccept={onAccept} onClose={onClose} />}
      {result === null && (
        <div className={classes.buttons}>
          <Button ref={cancel} size="xs" variant="default" onClick={onClose}>
            {t(isRunning ? 'assistant.cancel' : 'assistant.close')}
          </Button>
        </div>
      )}
    </section>
  );
}
