import { Button, Radio, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { strategies, Strategy } from '../../shared/models/route-wishes.ts';
import { explainStrategy } from '../ui/explain-strategy.ts';
import classes from './routing-settings.module.css';
import { Section } from './section.tsx';
import { NotSaved, Overridden } from './setting-notes.tsx';
import { useRoutingSetting } from './use-routing-setting.ts';
import { primaryFieldId } from './who-setting.tsx';

/** The nine strategies, each in one sentence. */
export function StrategySetting() {
  const { t } = useTranslation('settings');
  const { t: words } = useTranslation('ui');
  const { settings, save, error, variableOf } = useRoutingSetting();
  const variable = variableOf('strategy');
  const choose = (value: string): void => {
    const strategy = Strategy.safeParse(value);
    if (strategy.success) void save({ strategy: strategy.data });
  };
  return (
    <Section title={t('routing.strategy')} text={t('routing.strategyText')}>
      <Overridden variable={variable} />
      <Radio.Group
        label={<VisuallyHidden>{t('routing.strategy')}</VisuallyHidden>}
        value={settings.strategy}
        onChange={choose}
      >
        <div className={classes.strategies}>
          {strategies.map((strategy) => (
            <div key={strategy} className={classes.strategy} data-chosen={settings.strategy === strategy || undefined}>
              <Radio
                size="xs"
                value={strategy}
                disabled={variable !== null}
                label={words(`strategies.${strategy}.name`)}
                description={explainStrategy(strategy, settings)}
              />
            </div>
          ))}
        </div>
      </Radio.Group>
      {settings.strategy === 'primary_first' && settings.primary === null && (
        <div>
          <Button size="xs" variant="default" onClick={() => document.getElementById(primaryFieldId)?.focus()}>
            {t('routing.primaryChoose')}
          </Button>
        </div>
      )}
      <NotSaved error={error} />
    </Section>
  );
}
