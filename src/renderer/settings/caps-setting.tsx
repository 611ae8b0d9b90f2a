import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { capNames, type Caps } from '../../shared/models/routing.ts';
import { CapHint } from '../ui/cap-hint.tsx';
import { formatExactUsd, formatUsd } from '../ui/format.ts';
import { NumberField } from '../ui/number-field.tsx';
import { routingContext } from '../ui/stores/shared-stores.ts';
import classes from './routing-settings.module.css';
import { Section } from './section.tsx';
import { NotSaved, Overridden } from './setting-notes.tsx';
import { useRoutingSetting } from './use-routing-setting.ts';

/** From here on a cap is nearly reached. */
const nearly = 0.8;

function Spent({ of, usd, cap }: { readonly of: 'day' | 'month'; readonly usd: number; readonly cap: number | null }) {
  const { t } = useTranslation('settings');
  const spent = formatUsd(usd);
  const part = cap === null ? 0 : cap === 0 ? 1 : usd / cap;
  const words =
    cap === null
      ? t(`routing.spent.${of}`, { spent })
      : t(`routing.spentOf.${of}`, { spent, cap: formatExactUsd(cap) });
  return (
    <div className={classes.spent}>
      {cap !== null && cap > 0 && (
        <Progress
          size={4}
          value={Math.min(1, part) * 100}
          color={part >= 1 ? 'red' : part >= nearly ? 'yellow' : 'ultramarine'}
          aria-label={words}
          transitionDuration={100}
        />
      )}
      <p className={classes.dim}>{words}</p>
    </div>
  );
}

/** The caps, with what is spent of those of the day and the month. */
export function CapsSetting() {
  const { t } = useTranslation('settings');
  const spending = routingContext.useStore((state) => state.routing.spending);
  const { settings, save, error, variableOf } = useRoutingSetting();
  const { caps } = settings;
  const set = (change: Partial<Caps>): void => void save({ caps: { ...caps, ...change } });
  return (
    <Section title={t('routing.caps')} text={t('routing.capsText')}>
      <div className={classes.caps}>
        {capNames.map((name) => (
          <div key={name}>
            <NumberField
              label={t(`routing.cap.${name}`)}
              placeholder={t('routing.noCap')}
              prefix="$"
              isOptional
              value={caps[name]}
              min={0}
              max={1_000_000}
              digits={4}
              disabled={variableOf('caps') !== null}
              onChange={(usd) => set({ [name]: usd })}
            />
            <CapHint name={name} caps={caps} />
            {(name === 'day' || name === 'month') && <Spent of={name} usd={spending[name]} cap={caps[name]} />}
          </div>
        ))}
      </div>
      <Overridden variable={variableOf('caps')} />
      <NotSaved error={error} />
    </Section>
  );
}
