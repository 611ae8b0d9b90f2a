import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './assistant-panel.module.css';

interface AssistantAskProps {
  readonly task: 'rewrite' | 'translate';
  readonly onStart: (answer: string) => void;
  readonly onClose: () => void;
}

/** What has to be known before: in which style, or into which language. */
export function AssistantAsk({ task, onStart, onClose }: AssistantAskProps) {
  const { t } = useTranslation('promptEditor');
  const [answer, setAnswer] = useState(task === 'translate' ? 'English' : '');
  const isReady = answer.trim() !== '';
  return (
    <section
      className={classes.panel}
      aria-label={t(`assistant.tasks.${task}`)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        }
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
        if (event.target instanceof HTMLInputElement) event.preventDefault();
        if (event.target instanceof HTMLInputElement && isReady) onStart(answer.trim());
      }}
    >
      <div className={classes.ask}>
        <TextInput
          label={t(`assistant.ask.${task}`)}
          placeholder={t(`assistant.askExample.${task}`)}
          maxLength={task === 'translate' ? 60 : 200}
          autoFocus
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
        <Button disabled={!isReady} onClick={() => onStart(answer.trim())}>
          {t('assistant.start')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('assistant.cancel')}
        </Button>
      </div>
    </section>
  );
}
