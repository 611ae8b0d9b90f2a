import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import { optimizedPromptLength } from '../../../shared/prompt-text/limits.ts';
import { useActions } from '../../ui/actions/use-actions.ts';
import { showToast } from '../../ui/show-toast.tsx';
import { useCompose } from '../use-compose.ts';
import { toggleLocked } from './toggle-locked.ts';
import { useAssistant } from './use-assistant.ts';

/** Styles, shortening, help with words and words that are kept: as buttons and as actions. */
export function usePromptTools(field: RefObject<HTMLTextAreaElement | null>) {
  const { t } = useTranslation('promptEditor');
  const { draft, change, chosen } = useCompose();
  const assistant = useAssistant(field, chosen?.model.parameters.includes('negativePrompt') === true);
  const [hasStyles, setHasStyles] = useState(false);
  const { length } = draft.prompt.trim();
  const limit = Math.min(optimizedPromptLength, chosen?.model.limits.promptCharacters ?? optimizedPromptLength);
  const shorten = length > limit && length <= longestPrompt ? () => assistant.shorten(limit) : null;

  const lock = (): void => {
    const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
    const promptOptions = toggleLocked(
      draft.promptOptions,
      field.current?.value.slice(selectionStart, selectionEnd) ?? '',
    );
    if (promptOptions === null) showToast({ kind: 'info', id: 'lock', message: t('tools.lockNothing') });
    else change({ promptOptions });
  };

  useActions([
    {
      ...{ name: 'compose.styles', label: t('actions.styles'), section: 'create', keys: ['Mod+Shift+KeyS'] },
      run: () => setHasStyles(true),
    },
    {
      ...{ name: 'compose.shorten', label: t('actions.shorten'), section: 'create', keys: ['Mod+Shift+KeyO'] },
      run: () => {
        if (shorten === null) showToast({ kind: 'info', id: 'shorten', message: t('tools.shortEnough') });
        else shorten();
      },
    },
    { name: 'compose.lock', label: t('actions.lock'), section: 'create', keys: ['Mod+Shift+KeyL'], run: lock },
  ]);

  return {
    assistant,
    lock,
    shorten,
    hasStyles,
    openStyles: () => setHasStyles(true),
    closeStyles: () => {
      setHasStyles(false);
      field.current?.focus();
    },
  };
}
