import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MustsField } from '../ui/musts-field.tsx';
import { routingContext, systemContext } from '../ui/stores/shared-stores.ts';
import { CapsSetting } from './caps-setting.tsx';
import { LimitsSetting } from './limits-setting.tsx';
import { RestSetting } from './rest-setting.tsx';
import classes from './routing-settings.module.css';
import { Section } from './section.tsx';
import { NotSaved, Overridden } from './setting-notes.tsx';
import { StrategySetting } from './strategy-setting.tsx';
import { useRoutingSetting } from './use-routing-setting.ts';
import { WhoSetting } from './who-setting.tsx';

function MustsSetting() {
  const { t } = useTranslation('settings');
  const { settings, save, error, variableOf } = useRoutingSetting();
  return (
    <Section title={t('routing.musts')} text={t('routing.mustsText')}>
      <MustsField
        aria-label={t('routing.musts')}
        value={settings.musts}
        disabled={variableOf('musts') !== null}
        onChange={(musts) => void save({ musts })}
      />
      <Overridden variable={variableOf('musts')} />
      <NotSaved error={error} />
    </Section>
  );
}

/** How jobs find their provider, and what they may cost. Each change is saved at once. */
export function RoutingSettings() {
  const { t } = useTranslation('settings');
  const isLoaded = routingContext.useStore((state) => state.loaded);
  const isShown = systemContext.useStore((state) => state.info !== null);
  if (!isLoaded) {
    // Everything was read, and this could not be: a setting that is not known is not shown as if it were.
    return isShown ? (
      <p className={classes.unread} role="status">
        {t('routing.failed')}
      </p>
    ) : (
      <Loader size="sm" color="gray" aria-label={t('routing.loading')} />
    );
  }
  return (
    <>
      <StrategySetting />
      <WhoSetting />
      <CapsSetting />
      <MustsSetting />
      <LimitsSetting />
      <RestSetting />
    </>
  );
}
