import { SegmentedControl, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { providerOptions } from '../ui/provider-options.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { FallbackOrder } from './fallback-order.tsx';
import classes from './routing-settings.module.css';
import { Section } from './section.tsx';
import { NotSaved, Overridden } from './setting-notes.tsx';
import { useRoutingSetting } from './use-routing-setting.ts';

const modes = ['unified', 'single'] as const;
const switches = [
  { setting: 'fallback', label: 'routing.fallback', text: 'routing.fallbackText' },
  { setting: 'fallbackAfterRefusal', label: 'routing.afterRefusal', text: 'routing.afterRefusalText' },
  { setting: 'cloudOff', label: 'routing.cloudOff', text: 'routing.cloudOffText' },
] as const;

/** The field where the primary provider is chosen: other settings lead there. */
export const primaryFieldId = 'primary-provider';

/** Who is asked first, who next, and who never. */
export function WhoSetting() {
  const { t } = useTranslation('settings');
  const providers = providersContext.useStore((state) => state.providers);
  const { settings, save, error, variableOf } = useRoutingSetting();
  const { mode, primary, fallbacks, fallback } = settings;
  return (
    <Section title={t('routing.who')}>
      <div className={classes.field}>
        <SegmentedControl<(typeof modes)[number]>
          className={classes.segments}
          aria-label={t('routing.mode')}
          value={mode}
          disabled={variableOf('mode') !== null}
          data={modes.map((value) => ({ value, label: t(`routing.modes.${value}`) }))}
          onChange={(next) => void save({ mode: next })}
        />
        <p className={classes.dim}>{t(`routing.modeText.${mode}`)}</p>
        <Overridden variable={variableOf('mode')} />
      </div>
      <div className={classes.field}>
        <Select
          id={primaryFieldId}
          className={classes.select}
          label={t('routing.primary')}
          placeholder={t('routing.primaryNone')}
          clearable={mode !== 'single'}
          clearButtonProps={{ 'aria-label': t('routing.primaryNone') }}
          disabled={variableOf('primary') !== null}
          data={providerOptions(providers, primary === null ? [] : [primary])}
          value={primary}
          onChange={(id) =>
            void save({
              primary: id,
              ...(fallbacks.some((other) => other === id) && { fallbacks: fallbacks.filter((other) => other !== id) }),
            })
          }
        />
        <Overridden variable={variableOf('primary')} />
      </div>
      {mode === 'unified' && (
        <FallbackOrder
          ids={fallbacks}
          disabled={variableOf('fallbacks') !== null}
          onChange={(ids) => void save({ fallbacks: ids })}
        />
      )}
      <Overridden variable={variableOf('fallbacks')} />
      {switches.map(({ setting, label, text }) => (
        <div key={setting} className={classes.field}>
          <Switch
            label={t(label)}
            description={t(text)}
            disabled={variableOf(setting) !== null || (setting === 'fallbackAfterRefusal' && !fallback)}
            checked={settings[setting]}
            onChange={(event) => void save({ [setting]: event.currentTarget.checked })}
          />
          <Overridden variable={variableOf(setting)} />
        </div>
      ))}
      <NotSaved error={error} />
    </Section>
  );
}
