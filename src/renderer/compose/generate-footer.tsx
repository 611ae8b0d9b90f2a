import { Button, Tooltip } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../ui/actions/key-combination.ts';
import { formatCost, formatSeconds } from '../ui/format.ts';
import { isMac } from '../ui/is-mac.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { composeContext } from './compose-context.ts';
import { estimate } from './estimate.ts';
import classes from './generate-footer.module.css';
import { isUsable } from './model-choice.ts';
import { useCompose } from './use-compose.ts';

const generateKeys = 'Mod+Enter';

/** Generate, and in one line who will do it, what it costs and how long it takes; or what is missing. */
export function GenerateFooter({ onGenerate }: { readonly onGenerate: (front: boolean) => void }) {
  const { t } = useTranslation('compose');
  const { draft, chosen, fitted, problem } = useCompose();
  const uploading = composeContext.useStore((state) => state.uploading.image || state.uploading.mask);
  const anyReady = providersContext.useStore((state) => state.providers.some(isUsable));

  const problemLine = (): string | null => {
    if (problem === null) return null;
    if (problem === 'noModel') return t(anyReady ? 'problems.noModel' : 'problems.noModelAtAll');
    const { manifest, health } = chosen?.provider ?? {};
    return t(`problems.${problem}`, { provider: manifest?.name ?? '', reason: health?.message ?? '' });
  };
  const routeLine = (): string | null => {
    if (chosen === null || fitted === null) return null;
    const { cost, seconds } = estimate(chosen, fitted.operation === 'upscale' ? 1 : draft.count, fitted.size);
    const who = t('route', { provider: chosen.provider.manifest.name, model: chosen.model.name });
    const time = seconds === null ? null : t('routeTime', { time: formatSeconds(seconds) });
    return [who, formatCost(cost), time].filter((part) => part !== null).join(', ');
  };

  return (
    <div className={classes.footer}>
      <Tooltip label={t('generateFrontHint')}>
        <Button
          fullWidth
          size="lg"
          fz={14}
          fw={600}
          disabled={problem !== null || uploading}
          leftSection={<IconSparkles size={18} aria-hidden />}
          rightSection={<KeyHint keys={generateKeys} />}
          justify="space-between"
          aria-keyshortcuts={ariaKeys(generateKeys, isMac)}
          aria-describedby="route-line"
          onClick={(event) => onGenerate(event.shiftKey)}
        >
          {t(fitted?.operation === 'upscale' ? 'generateUpscale' : 'generate')}
        </Button>
      </Tooltip>
      <p id="route-line" className={classes.line} data-problem={problem !== null || undefined}>
        {problemLine() ?? routeLine()}
      </p>
    </div>
  );
}
