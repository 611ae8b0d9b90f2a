import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PricedModel } from '../../shared/routing/price-comparison.ts';
import { formatCost } from '../ui/format.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { isSameModel, mostModels, offeredModels } from './compared-models.ts';
import { comparisonsContext } from './comparisons-context.ts';
import classes from './model-choices.module.css';
import { useMarket } from './use-market.ts';

/** Every model in use that makes pictures from words, with its price; a tick compares it. */
export function ModelChoices() {
  const { t } = useTranslation('comparison');
  const id = useId();
  const [search, setSearch] = useState('');
  const draft = comparisonsContext.useStore((state) => state.draft);
  const { change } = comparisonsContext.useStoreApi().getState();
  const market = useMarket();
  const { go } = viewContext.useStoreApi().getState();
  const { prompt, size, models } = draft;
  const groups = useMemo(() => offeredModels({ prompt, size }, market, search), [prompt, size, market, search]);

  // Not by the search: what there is at all.
  const isTooFew = search === '' && groups.flatMap((group) => group.models).length < 2;

  const row = (offered: PricedModel) => {
    const { provider, model, modelName, cost, isOverLimit, problem, notes } = offered;
    const isChosen = models.some((chosen) => isSameModel(chosen, offered));
    const note = problem?.reason ?? notes[0];
    return (
      <li key={model}>
        <Checkbox
          size="xs"
          classNames={{ root: classes.model, body: classes.body, labelWrapper: classes.label, label: classes.words }}
          checked={isChosen}
          disabled={!isChosen && models.length >= mostModels}
          label={
            <>
              <span className={classes.name}>{modelName}</span>
              <span className={classes.price} data-over={isOverLimit || undefined}>
                {isOverLimit ? t('overLimit', { cost: formatCost(cost) }) : formatCost(cost)}
              </span>
            </>
          }
          description={isChosen ? note : undefined}
          onChange={() =>
            change({
              models: isChosen
                ? models.filter((other) => !isSameModel(other, offered))
                : [...models, { provider, model }],
            })
          }
        />
      </li>
    );
  };

  return (
    <div className={classes.field} role="group" aria-labelledby={id}>
      <div className={classes.head}>
        <span id={id} className={classes.title}>
          {t('models')}
        </span>
        <span className={classes.count} aria-live="polite">
          {t('chosen', { count: models.length, most: mostModels })}
        </span>
      </div>
      <TextInput
        aria-label={t('modelsSearch')}
        placeholder={t('modelsSearch')}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {groups.map((group) => (
        <section key={group.id} aria-label={group.name}>
          <h3 className={classes.group}>{group.name}</h3>
          <ul className={classes.list}>{group.models.map(row)}</ul>
        </section>
      ))}
      {groups.length === 0 && search !== '' && <p className={classes.none}>{t('modelsNothing', { search })}</p>}
      {isTooFew && (
        <div className={classes.none}>
          <p>{t(groups.length === 0 ? 'modelsNone' : 'modelsOne')}</p>
          <Button variant="default" onClick={() => go('providers')}>
            {t('showProviders')}
          </Button>
        </div>
      )}
    </div>
  );
}
