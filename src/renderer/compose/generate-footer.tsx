import { Button, Tooltip } from '@mantine/core';
import { IconInfinity, IconPlayerStop, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../ui/actions/key-combination.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { isMac } from '../ui/is-mac.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { composeContext } from './compose-context.ts';
import { treatsImage } from './fit-draft.ts';
import classes from './generate-footer.module.css';
import { isUsable } from './model-choice.ts';
import { RouteLine } from './route-line.tsx';
import { useCompose } from './use-compose.ts';
import { keepGeneratingKeys, useKeepGenerating } from './use-keep-generating.ts';

const generateKeys = 'Mod+Enter';

/** Generate, and below it who will do it, what it costs and how long it takes; or what is missing. */
export function GenerateFooter({ onGenerate }: { readonly onGenerate: (front: boolean) => void }) {
  const { t } = useTranslation('compose');
  const { draft, chosen, fitted, problem, wrongNumber } = useCompose();
  const uploading = composeContext.useStore(
    (state) => state.uploading.image || state.uploading.mask || state.addingReferences > 0,
  );
  const forever = useKeepGenerating();
  const anyReady = providersContext.useStore((state) => state.providers.some(isUsable));

  const problemLine = (): string | null => {
    if (wrongNumber !== null) return t('problems.numberWrong', { field: wrongNumber });
    // The route itself says why nobody can.
    if (problem === null || problem === 'nobodyCan') return null;
    if (problem === 'noModel') return t(anyReady ? 'problems.noModel' : 'problems.noModelAtAll');
    const { manifest, health } = chosen?.provider ?? {};
    return t(`problems.${problem}`, { provider: manifest?.name ?? '', reason: health?.message ?? '' });
  };
  const foreverLine = (): string =>
    [
      t(draft.seed === null ? 'keepGenerating.line' : 'keepGenerating.seedAside'),
      forever.done > 0 ? t('keepGenerating.done', { count: forever.done }) : null,
    ]
      .filter((part) => part !== null)
      .join(' ');

  const isTreating = fitted !== null && treatsImage(fitted.operation);
  const verb = (): string => {
    if (fitted?.operation === 'upscale') return t('generateUpscale');
    if (fitted?.operation === 'removeBackground') return t('generateCutOut');
    return t(fitted?.operation === 'video' ? 'generateVideo' : 'generate');
  };
  const cannot = problem !== null || wrongNumber !== null || uploading;
  const keys = forever.on ? keepGeneratingKeys : generateKeys;

  return (
    <div className={classes.footer}>
      {/* Above the buttons, which so stay where they are. */}
      {forever.on && <p className={classes.forever}>{foreverLine()}</p>}
      <div className={classes.buttons}>
        <Tooltip label={t(forever.on ? 'keepGenerating.stopHint' : 'generateFrontHint')}>
          <Button
            className={classes.generate}
            size="lg"
            fz={14}
            fw={600}
            variant={forever.on ? 'default' : 'filled'}
            disabled={cannot && !forever.on}
            leftSection={forever.on ? <IconPlayerStop size={18} aria-hidden /> : <IconSparkles size={18} aria-hidden />}
            rightSection={<KeyHint keys={keys} />}
            justify="space-between"
            aria-keyshortcuts={ariaKeys(keys, isMac)}
            aria-describedby="route-problem route-line"
            onClick={(event) => (forever.on ? forever.toggle() : onGenerate(event.shiftKey))}
          >
            {forever.on ? t('keepGenerating.stop') : verb()}
          </Button>
        </Tooltip>
        {(forever.on || !isTreating) && (
          <IconButton
            className={classes.keep}
            label={t('keepGenerating.start')}
            keys={keepGeneratingKeys}
            icon={<IconInfinity size={20} stroke={1.75} aria-hidden />}
            variant={forever.on ? 'light' : 'default'}
            color={forever.on ? 'ultramarine' : 'gray'}
            aria-pressed={forever.on}
            disabled={cannot && !forever.on}
            onClick={forever.toggle}
          />
        )}
      </div>
      <RouteLine problem={problemLine()} />
    </div>
  );
}
