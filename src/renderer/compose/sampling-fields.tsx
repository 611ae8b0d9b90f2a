import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Parameter } from '../../shared/models/provider.ts';
import { SliderField } from '../ui/slider-field.tsx';
import { composeContext } from './compose-context.ts';
import { useCompose } from './use-compose.ts';

/** Steps, guidance, sampler, scheduler: those the model takes. */
export function SamplingFields() {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  const { markNumber } = composeContext.useStoreApi().getState();
  if (chosen === null || fitted === null) return null;
  const { parameters, defaults, choices } = chosen.model;
  const takes = (parameter: Parameter): boolean => parameters.includes(parameter);
  const own = (value: string | undefined): string =>
    value === undefined ? t('modelsOwn') : t('modelsOwnIs', { value });

  return (
    <>
      {takes('steps') && (
        <SliderField
          label={t('steps')}
          value={draft.steps}
          usual={defaults.steps ?? null}
          min={1}
          max={60}
          most={1000}
          step={1}
          placeholder="–"
          resetLabel={t('resetTo', { value: defaults.steps ?? '–' })}
          onProblem={(problem) => markNumber(t('steps'), problem !== null)}
          onChange={(steps) => change({ steps: steps === null ? null : Math.max(1, Math.round(steps)) })}
        />
      )}
      {takes('guidance') && (
        <SliderField
          label={t('guidance')}
          value={draft.guidance}
          usual={defaults.guidance ?? null}
          min={0}
          max={20}
          most={100}
          step={0.5}
          placeholder="–"
          resetLabel={t('resetTo', { value: defaults.guidance ?? '–' })}
          onProblem={(problem) => markNumber(t('guidance'), problem !== null)}
          onChange={(guidance) => change({ guidance })}
        />
      )}
      {takes('sampler') && choices.samplers.length > 0 && (
        <Select
          label={t('sampler')}
          placeholder={own(defaults.sampler)}
          data={choices.samplers}
          searchable
          clearable
          value={fitted.sampler}
          description={fitted.notes.sampler && t('notes.samplerMissing', { wanted: fitted.notes.sampler })}
          inputWrapperOrder={['label', 'input', 'description']}
          onChange={(sampler) => change({ sampler })}
        />
      )}
      {takes('scheduler') && choices.schedulers.length > 0 && (
        <Select
          label={t('scheduler')}
          placeholder={own(defaults.scheduler)}
          data={choices.schedulers}
          searchable
          clearable
          value={fitted.scheduler}
          description={fitted.notes.scheduler && t('notes.schedulerMissing', { wanted: fitted.notes.scheduler })}
          inputWrapperOrder={['label', 'input', 'description']}
          onChange={(scheduler) => change({ scheduler })}
        />
      )}
    </>
  );
}
