import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { AssistantTask } from '../../../shared/models/assistants.ts';
import { showToast } from '../../ui/show-toast.tsx';
import { composeContext } from '../compose-context.ts';
import { assistantContext } from './editor-context.ts';
import { replaceAll } from './replace-text.ts';

export interface Assistant {
  /** A task that has to know something first. */
  readonly asking: 'rewrite' | 'translate' | null;
  readonly obstacle: (task: AssistantTask) => string | null;
  readonly begin: (task: AssistantTask) => void;
  readonly start: (task: AssistantTask, answer?: string) => void;
  readonly shorten: (limit: number) => void;
  readonly accept: (text: string) => void;
  readonly close: () => void;
}

/** Lets models write for the editor. Nothing gets into the draft without a yes, and what does can be taken back. */
export function useAssistant(field: RefObject<HTMLTextAreaElement | null>, takesNegative: boolean): Assistant {
  const { t } = useTranslation('promptEditor');
  const compose = composeContext.useStoreApi();
  const assistant = assistantContext.useStoreApi();
  const [asking, setAsking] = useState<Assistant['asking']>(null);
  const draft = () => compose.getState().draft;

  const start = (task: AssistantTask, answer?: string): void => {
    setAsking(null);
    const { prompt, image } = draft();
    void assistant.getState().run({
      ...{ task, text: prompt },
      ...(task === 'rewrite' && answer !== undefined && { style: answer }),
      ...(task === 'translate' && answer !== undefined && { language: answer }),
      ...(task === 'describe' && image !== null && { inputId: image.id }),
    });
  };
  const write = (isNegative: boolean, text: string): void => {
    if (isNegative) compose.getState().change({ negativePrompt: text });
    else if (field.current !== null) replaceAll(field.current, text);
  };
  const close = (): void => {
    setAsking(null);
    assistant.getState().close();
    field.current?.focus();
  };

  return {
    asking,
    obstacle: (task) => {
      const { prompt, image } = draft();
      if (task === 'describe') return image === null ? t('assistant.noImage') : null;
      if (task === 'negative' && !takesNegative) return t('assistant.noNegative');
      if (prompt.trim() === '') return t('assistant.noPrompt');
      return prompt.length > longestPrompt ? t('assistant.tooLong') : null;
    },
    begin: (task) => {
      assistant.getState().close();
      if (task === 'rewrite' || task === 'translate') setAsking(task);
      else start(task);
    },
    start,
    shorten: (limit) => {
      setAsking(null);
      const { prompt, promptOptions } = draft();
      void assistant.getState().optimize({ prompt, limit, locked: promptOptions.locked });
    },
    accept: (text) => {
      const isNegative = assistant.getState().work?.task === 'negative';
      const before = isNegative ? draft().negativePrompt : draft().prompt;
      close();
      write(isNegative, text);
      showToast({
        kind: 'info',
        id: 'assistant',
        message: t(isNegative ? 'assistant.negativeTaken' : 'assistant.taken'),
        action: { label: t('assistant.undo'), run: () => write(isNegative, before) },
      });
    },
    close,
  };
}
