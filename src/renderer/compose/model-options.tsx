import { Combobox } from '@mantine/core';
import { IconCheck, IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { routingContext } from '../ui/stores/shared-stores.ts';
import { choiceKey, type ModelGroup } from './model-choice.ts';
import { modelHints, modelPrice } from './model-hints.ts';
import classes from './model-picker.module.css';

/** The value of the option that leaves the choice to Easel; no model has such a key. */
export const automaticKey = 'automatic';

/** Leaves to Easel who does it. */
export function AutomaticOption({ active }: { readonly active: boolean }) {
  const { t } = useTranslation('compose');
  const { t: words } = useTranslation('ui');
  const strategy = routingContext.useStore((state) => state.routing.settings.strategy);
  return (
    <Combobox.Option value={automaticKey} active={active} className={classes.option}>
      <IconRoute size={16} stroke={1.75} aria-hidden />
      <span className={classes.words}>
        <span className={classes.name}>{t('automatic')}</span>
        <span className={classes.hints}>{t('automaticHint', { strategy: words(`strategies.${strategy}.name`) })}</span>
      </span>
      {active && <IconCheck size={16} aria-hidden />}
    </Combobox.Option>
  );
}

/** The models of one provider; where it can't be used, with the reason. */
export function GroupOptions({ group, selected }: { readonly group: ModelGroup; readonly selected: string | null }) {
  const { t } = useTranslation('compose');
  const { provider, usable, models } = group;
  const { manifest, health, enabled } = provider;
  // What keeps a service from being used is said before that it isn't.
  const isBarred = health.state === 'keyMissing' || health.state === 'locked';
  const reason =
    !enabled && !isBarred ? t('providerDisabled') : health.state === 'ready' ? t('noModels') : health.message;

  return (
    <Combobox.Group
      label={
        <span className={classes.group}>
          {manifest.name}
          <span className={classes.kind}>{t(`kinds.${manifest.kind}`)}</span>
        </span>
      }
    >
      {!usable && <div className={classes.reason}>{reason}</div>}
      {models.map((model) => {
        const key = choiceKey({ provider: manifest.id, model: model.id });
        return (
          <Combobox.Option
            key={key}
            value={key}
            disabled={!usable}
            active={key === selected}
            className={classes.option}
          >
            <span className={classes.words}>
              <span className={classes.name}>{model.name}</span>
              <span className={classes.second}>
                <span className={classes.hints}>{modelHints(model, manifest.kind)}</span>
                <span className={classes.price}>{modelPrice(model, manifest.kind)}</span>
              </span>
            </span>
            {key === selected && <IconCheck size={16} aria-hidden />}
          </Combobox.Option>
        );
      })}
    </Combobox.Group>
  );
}
