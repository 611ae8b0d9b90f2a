import { Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../shared/models/generation-request.ts';
import { treatsImage } from './fit-draft.ts';
import { promptLength } from './prompt-length.ts';
import classes from './prompt-field.module.css';
import { useCompose } from './use-compose.ts';

/** The prompt, and the negative one where the model takes it. A counter appears near the limit. */
export function PromptField({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  const prompt = promptLength(draft.prompt.length);
  const negative = promptLength(draft.negativePrompt.length);
  const modelLimit = chosen?.model.limits.promptCharacters ?? longestPrompt;

  if (fitted !== null && treatsImage(fitted.operation)) return null;

  const words = (length: typeof prompt): string | null => {
    if (length.kind === 'over') return t('charactersOver', { count: length.characters });
    return length.kind === 'near' ? t('charactersLeft', { count: length.characters }) : null;
  };
  const beyondModel =
    prompt.kind === 'fine' && draft.prompt.length > modelLimit
      ? t('modelPromptLimit', { limit: modelLimit, length: draft.prompt.length })
      : null;

  return (
    <>
      <Textarea
        ref={field}
        className={classes.prompt}
        label={t('prompt')}
        placeholder={t('promptPlaceholder')}
        autosize
        minRows={5}
        maxRows={16}
        spellCheck
        data-prompt
        value={draft.prompt}
        error={prompt.kind === 'over' && words(prompt)}
        description={prompt.kind === 'over' ? null : (words(prompt) ?? beyondModel)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => change({ prompt: event.currentTarget.value })}
      />
      {chosen?.model.parameters.includes('negativePrompt') === true && (
        <Textarea
          label={t('negativePrompt')}
          placeholder={t('negativePlaceholder')}
          autosize
          minRows={1}
          maxRows={8}
          spellCheck
          value={draft.negativePrompt}
          error={negative.kind === 'over' && words(negative)}
          description={negative.kind === 'over' ? null : words(negative)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => change({ negativePrompt: event.currentTarget.value })}
        />
      )}
    </>
  );
}
