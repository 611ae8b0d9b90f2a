import { Collapse, MultiSelect, SegmentedControl, Select, Switch, UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconArrowBackUp, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { strategies, tiers } from '../../shared/models/route-wishes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { MustsField } from '../ui/musts-field.tsx';
import { providerOptions } from '../ui/provider-options.ts';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import panel from './compose-panel.module.css';
import type { DraftWishes } from './draft.ts';
import { FormNumber } from './form-number.tsx';
import classes from './route-wishes.module.css';
import { useCompose } from './use-compose.ts';
import { wishWords } from './wish-words.ts';

const anyTier = 'any';

/** Where it is kept whether the wishes are open. */
export const wishesOpenKey = 'easel-route-open';

/** What the automatic choice has to heed for this draft. Closed, it says in a few words what was set. */
export function RouteWishes() {
  const { t } = useTranslation('route');
  const { t: words } = useTranslation('ui');
  const { draft, change, isAutomatic } = useCompose();
  const settings = routingContext.useStore((state) => state.routing.settings);
  const providers = providersContext.useStore((state) => state.providers);
  const [isOpen, setIsOpen] = useLocalStorage({ key: wishesOpenKey, defaultValue: false });
  if (!isAutomatic) return null;
  const { wishes } = draft;
  const wish = (fields: Partial<DraftWishes>): void => change({ wishes: { ...wishes, ...fields } });
  const usual = words(`strategies.${settings.strategy}.name`);

  return (
    <section>
      <UnstyledButton className={panel.toggle} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <IconChevronRight className={panel.chevron} data-open={isOpen || undefined} size={14} aria-hidden />
        {t('wishes.title')}
        <span className={classes.summary}>{!isOpen && wishWords(wishes)}</span>
      </UnstyledButton>
      <Collapse expanded={isOpen} transitionDuration={100}>
        <div className={panel.fields}>
          <Select
            label={t('wishes.strategy')}
            clearable
            placeholder={t('wishes.asSettings', { strategy: usual })}
            data={strategies.map((value) => ({ value, label: words(`strategies.${value}.name`) }))}
            value={wishes.strategy}
            clearButtonProps={{ 'aria-label': t('wishes.asSettingsAgain') }}
            onChange={(strategy) => wish({ strategy: strategy })}
          />
          <div>
            <p className={classes.label} id="wish-tier">
              {t('wishes.tier')}
            </p>
            <SegmentedControl
              fullWidth
              aria-labelledby="wish-tier"
              value={wishes.tier ?? anyTier}
              data={[
                { value: anyTier, label: t('wishes.tierAny') },
                ...tiers.map((value) => ({ value, label: words(`tiers.${value}`) })),
              ]}
              onChange={(tier) => wish({ tier: tier === anyTier ? null : tier })}
            />
          </div>
          <FormNumber
            label={t('wishes.maxUsd')}
            placeholder={t('wishes.maxUsdNone')}
            prefix="$"
            min={0}
            max={100_000}
            step={0.01}
            digits={4}
            isOptional
            value={wishes.maxUsd}
            onChange={(maxUsd) => wish({ maxUsd })}
          />
          <div className={classes.musts}>
            <MustsField
              label={words('musts.label')}
              value={wishes.musts ?? settings.musts}
              onChange={(musts) => wish({ musts })}
            />
            {wishes.musts !== null && (
              <IconButton
                className={classes.reset}
                size="xs"
                label={t('wishes.asSettingsAgain')}
                icon={<IconArrowBackUp size={14} aria-hidden />}
                onClick={() => wish({ musts: null })}
              />
            )}
          </div>
          <MultiSelect
            label={t('wishes.providers')}
            data={providerOptions(providers, wishes.providers)}
            value={wishes.providers}
            {...(wishes.providers.length === 0 && { placeholder: t('wishes.providersAll') })}
            comboboxProps={{ shadow: 'md' }}
            onChange={(ids) => wish({ providers: ids })}
          />
          <Switch
            label={t('wishes.localOnly')}
            checked={wishes.localOnly}
            onChange={(event) => wish({ localOnly: event.currentTarget.checked })}
          />
        </div>
      </Collapse>
    </section>
  );
}
