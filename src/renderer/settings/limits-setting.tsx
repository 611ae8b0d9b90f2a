import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OwnLimits } from '../../shared/models/routing.ts';
import { NumberField } from '../ui/number-field.tsx';
import { providersContext, viewContext } from '../ui/stores/shared-stores.ts';
import classes from './routing-settings.module.css';
import { Section } from './section.tsx';
import { NotSaved, Overridden } from './setting-notes.tsx';
import { useRoutingSetting } from './use-routing-setting.ts';

/** How fast each provider may be asked; what is empty is as its manifest says. */
export function LimitsSetting() {
  const { t } = useTranslation('settings');
  const providers = providersContext.useStore((state) => state.providers);
  const { go } = viewContext.useStoreApi().getState();
  const { settings, save, error, variableOf } = useRoutingSetting();
  const { limits } = settings;
  const disabled = variableOf('limits') !== null;
  const inUse = providers.filter(({ enabled, manifest }) => enabled && manifest.kind !== 'builtin');

  const set = (id: string, change: Partial<OwnLimits>): void => {
    const own = { ...(limits[id] ?? OwnLimits.parse({})), ...change };
    const others = Object.fromEntries(Object.entries(limits).filter(([other]) => other !== id));
    const isUsual = own.perMinute === null && own.atOnce === null;
    void save({ limits: isUsual ? others : { ...others, [id]: own } });
  };

  return (
    <Section title={t('routing.limits')} text={t('routing.limitsText')}>
      {inUse.length === 0 ? (
        <div className={classes.none}>
          <p>{t('routing.limitsNone')}</p>
          <Button size="xs" variant="default" onClick={() => go('providers')}>
            {t('showProviders')}
          </Button>
        </div>
      ) : (
        <table className={classes.limits}>
          <thead>
            <tr>
              <th scope="col">{t('routing.provider')}</th>
              <th scope="col">{t('routing.perMinute')}</th>
              <th scope="col">{t('routing.atOnce')}</th>
            </tr>
          </thead>
          <tbody>
            {inUse.map(({ manifest: { id, name, limits: usual } }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>
                  <NumberField
                    aria-label={t('routing.perMinuteOf', { name })}
                    placeholder={usual.perMinute === null ? t('routing.unlimited') : String(usual.perMinute)}
                    isOptional
                    value={limits[id]?.perMinute ?? null}
                    min={1}
                    max={100_000}
                    disabled={disabled}
                    onChange={(perMinute) => set(id, { perMinute })}
                  />
                </td>
                <td>
                  <NumberField
                    aria-label={t('routing.atOnceOf', { name })}
                    placeholder={String(usual.atOnce)}
                    isOptional
                    value={limits[id]?.atOnce ?? null}
                    min={1}
                    max={1_000}
                    disabled={disabled}
                    onChange={(atOnce) => set(id, { atOnce })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Overridden variable={variableOf('limits')} />
      <NotSaved error={error} />
    </Section>
  );
}
