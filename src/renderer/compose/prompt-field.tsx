import { Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { PromptEditor } from './editor/prompt-editor.tsx';
import { treatsImage } from './fit-draft.ts';
import { promptLength } from './prompt-length.ts';
import { UnusedNegative } from './unused-negative.tsx';
import { useCompose } from './use-compose.ts';

/** The prompt, and the negative one where the model takes it. A counter appears near the limit. */
export function PromptField({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  const prompt = promptLength(draft.prompt.length);
  const negative = promptLength(draft.negativePrompt.length);

  const takesNegative = chosen?.model.parameters.includes('negativePrompt') === true;

  if (fitted !== null && treatsImage(fitted.operation)) return null;

  const words = (length: typeof prompt): string | null => {
    if (length.kind === 'over') return t('charactersOver', { count: length.characters });
    return length.kind === 'near' ? t('charactersLeft', { count: length.characters }) : null;
  };

  return (
    <>
      <PromptEditor
        field={field}
        error={prompt.kind === 'over' ? words(prompt) : null}
        description={prompt.kind === 'over' ? null : words(prompt)}
      />
      {chosen !== null && !takesNegative && draft.negativePrompt.trim() !== '' && (
        <UnusedNegative text={draft.negativePrompt} onClear={() => change({ negativePrompt: '' })} />
      )}
      {takesNegative && (
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
