import { Button, Tooltip } from '@mantine/core';
import { IconInfinity, IconPlayerStop, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../ui/actions/key-combination.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { isMac } from '../ui/is-mac.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { treatsImage } from './fit-draft.ts';
import classes from './generate-footer.module.css';
import { RouteLine } from './route-line.tsx';
import { useCompose } from './use-compose.ts';
import { keepGeneratingKeys, useKeepGenerating } from './use-keep-generating.ts';
import { useObstacle } from './use-obstacle.ts';

const generateKeys = 'Mod+Enter';

/** Generate, and below it who will do it, what it costs and how long it takes; or what is missing. */
export function GenerateFooter({ onGenerate }: { readonly onGenerate: (front: boolean) => void }) {
  const { t } = useTranslation('compose');
  const { draft, fitted } = useCompose();
  const obstacle = useObstacle();
  const forever = useKeepGenerating();

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
  const cannot = obstacle !== null;
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
      <RouteLine problem={obstacle === null || obstacle.isOfRoute ? null : obstacle.words} />
    </div>
  );
}
