import { IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CostGroup } from '../../shared/models/costs.ts';
import { leastImages, savingsAdvice, type SavingsAdvice } from '../../shared/routing/savings-advice.ts';
import { translate } from '../i18n/i18n.ts';
import { formatUsd } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { modelOf } from './money.ts';
import { Panel } from './panel.tsx';
import classes from './analytics-view.module.css';

function adviceWords(advice: SavingsAdvice): string {
  if (advice.kind === 'unpriced') {
    const { label, attempts, unknownCosts } = advice;
    return translate('analytics:advice.unpriced', { label, attempts, unknown: unknownCosts });
  }
  const { from, to, savedUsd } = advice;
  const trashed = from.images - from.kept;
  const facts = translate(trashed > 0 ? 'analytics:advice.trashed' : 'analytics:advice.allKept', {
    trashed,
    images: from.images,
    from: from.label,
    usd: formatUsd((from.usd * trashed) / from.images),
    each: formatUsd(from.usdPerImage),
    to: to.label,
    less: formatUsd(from.usdPerImage - to.usdPerImage),
    toKept: to.kept,
    toImages: to.images,
  });
  const saved = formatUsd(savedUsd);
  const outcome =
    from.kept > 0
      ? translate('analytics:advice.saved', { kept: from.kept, saved })
      : translate('analytics:advice.savedNone', { saved });
  return `${facts} ${outcome}`;
}

/** What would save money, with the figures that say so. */
export function Advice({ models }: { readonly models: readonly CostGroup[] }) {
  const { t } = useTranslation('analytics');
  const providers = providersContext.useStore((state) => state.providers);
  const advice = savingsAdvice(
    models.map((group) => {
      const found = modelOf(group.key, providers);
      return { group, facts: found?.model ?? null, notAi: found?.provider.manifest.notAi ?? false };
    }),
  );
  return (
    <Panel title={t('advice.title')}>
      {advice.length === 0 && <p className={classes.dim}>{t('advice.none', { least: leastImages })}</p>}
      {advice.length > 0 && (
        <ul className={classes.advice}>
          {advice.map(adviceWords).map((words) => (
            <li key={words}>
              <IconBulb size={18} stroke={1.75} aria-hidden />
              <span>{words}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
