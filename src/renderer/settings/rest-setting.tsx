import { useTranslation } from 'react-i18next';
import type { BreakerRule } from '../../shared/models/routing.ts';
import { NumberField } from '../ui/number-field.tsx';
import classes from './routing-settings.module.css';
import { Section } from './section.tsx';
import { NotSaved, Overridden } from './setting-notes.tsx';
import { useRoutingSetting } from './use-routing-setting.ts';

function ChecksSetting() {
  const { t } = useTranslation('settings');
  const { settings, save, error, variableOf } = useRoutingSetting();
  const variable = variableOf('healthCheckSeconds');
  return (
    <Section title={t('routing.checks')} text={t('routing.checkText')}>
      <div className={classes.numbers}>
        <NumberField
          label={t('routing.checkSeconds')}
          value={settings.healthCheckSeconds}
          min={5}
          max={86_400}
          disabled={variable !== null}
          onChange={(seconds) => seconds !== null && void save({ healthCheckSeconds: seconds })}
        />
      </div>
      <Overridden variable={variable} />
      <NotSaved error={error} />
    </Section>
  );
}

/** When a provider is left alone, for how long, and how often it is checked. */
export function RestSetting() {
  const { t } = useTranslation('settings');
  const { settings, save, error, variableOf } = useRoutingSetting();
  const { breaker } = settings;
  const variable = variableOf('breaker');
  const set = (change: Partial<BreakerRule>): void => void save({ breaker: { ...breaker, ...change } });
  const tooShort = (first: number, longest: number): string | null =>
    longest < first ? t('routing.longestTooShort') : null;
  return (
    <>
      <Section title={t('routing.rest')} text={t('routing.restText')}>
        <div className={classes.numbers}>
          <NumberField
            label={t('routing.failures')}
            value={breaker.failures}
            min={1}
            max={100}
            disabled={variable !== null}
            onChange={(failures) => failures !== null && set({ failures })}
          />
          <NumberField
            label={t('routing.coolDown')}
            value={breaker.coolDownSeconds}
            min={1}
            max={3_600}
            disabled={variable !== null}
            check={(seconds) => (seconds === null ? null : tooShort(seconds, breaker.longestCoolDownSeconds))}
            onChange={(coolDownSeconds) => coolDownSeconds !== null && set({ coolDownSeconds })}
          />
          <NumberField
            label={t('routing.longest')}
            value={breaker.longestCoolDownSeconds}
            min={1}
            max={86_400}
            disabled={variable !== null}
            check={(seconds) => (seconds === null ? null : tooShort(breaker.coolDownSeconds, seconds))}
            onChange={(longestCoolDownSeconds) => longestCoolDownSeconds !== null && set({ longestCoolDownSeconds })}
          />
        </div>
        <Overridden variable={variable} />
        <NotSaved error={error} />
      </Section>
      <ChecksSetting />
    </>
  );
}
