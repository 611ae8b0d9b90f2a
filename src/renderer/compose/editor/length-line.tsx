import { Button, Switch } from '@mantine/core';
import { IconArrowsMinimize } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import { optimizedPromptLength } from '../../../shared/prompt-text/limits.ts';
import { formatNumber } from '../../ui/format.ts';
import { settingsContext } from '../../ui/stores/shared-stores.ts';
import { useCompose } from '../use-compose.ts';
import classes from './analysis.module.css';
import { assistantContext } from './editor-context.ts';

/** That the prompt is shortened before it is sent, to what, and by whom. */
export function LengthLine({ onShorten }: { readonly onShorten: (() => void) | null }) {
  const { t } = useTranslation('promptEditor');
  const { draft, change, chosen } = useCompose();
  const ollama = settingsContext.useStore((state) => state.settings?.ollama);
  // The same model writes for both.
  const isAway = assistantContext.useStore(
    ({ available }) => (available?.find(({ task }) => task === 'expand')?.reason ?? null) !== null,
  );
  const { loadAvailable } = assistantContext.useStoreApi().getState();
  const limit = Math.min(optimizedPromptLength, chosen?.model.limits.promptCharacters ?? optimizedPromptLength);
  const { promptOptions } = draft;
  const { length } = draft.prompt.trim();
  const isShown = length > limit && length <= longestPrompt;
  const model = promptOptions.optimize && ollama?.use === true ? ollama.model : null;
  useEffect(() => {
    if (isShown && model !== null) void loadAvailable();
  }, [isShown, model, loadAvailable]);
  if (!isShown) return null;
  const who =
    model === null ? t('length.byRules') : isAway ? t('length.byRulesNow', { model }) : t('length.byOllama', { model });
  const why = limit < optimizedPromptLength ? 'length.model' : 'length.usual';
  return (
    <div className={classes.length}>
      <p className={classes.note}>{t(why, { limit: formatNumber(limit), who })}</p>
      {ollama?.use === true && (
        <Switch
          label={t('length.withModel')}
          checked={promptOptions.optimize}
          onChange={(event) => change({ promptOptions: { ...promptOptions, optimize: event.currentTarget.checked } })}
        />
      )}
      {onShorten !== null && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowsMinimize size={14} aria-hidden />}
          onClick={onShorten}
        >
          {t('tools.shorten')}
        </Button>
      )}
    </div>
  );
}
