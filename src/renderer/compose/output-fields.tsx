import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OutputFormat } from '../../shared/models/generation-request.ts';
import type { Parameter } from '../../shared/models/provider.ts';
import { formatNumber, formatSeconds } from '../ui/format.ts';
import { SliderField } from '../ui/slider-field.tsx';
import classes from './output-fields.module.css';
import { composeContext } from './compose-context.ts';
import { useCompose } from './use-compose.ts';

const withNumbers = (values: readonly number[], words: (value: number) => string) =>
  values.map((value) => ({ value: String(value), label: words(value) }));

/** Style, file format, factor and length: those the model takes, with what it offers. */
export function OutputFields() {
  const { t } = useTranslation('compose');
  const { draft, change, chosen, fitted } = useCompose();
  const { markNumber } = composeContext.useStoreApi().getState();
  if (chosen === null || fitted === null) return null;
  const { parameters, choices, defaults } = chosen.model;
  const { styles = [], outputFormats = [], scales = [], seconds = [] } = choices;
  const takes = (parameter: Parameter): boolean => parameters.includes(parameter);
  const times = (factor: number): string => t('scaleTimes', { factor: formatNumber(factor, 2) });
  const own = (value: string | null): string => (value === null ? t('modelsOwn') : t('modelsOwnIs', { value }));
  const common = { clearable: true, inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const] };

  return (
    <div className={classes.fields}>
      {takes('style') && styles.length > 0 && (
        <Select
          {...common}
          label={t('style')}
          placeholder={t('styleNone')}
          data={[...styles]}
          searchable
          value={fitted.style}
          description={fitted.notes.style && t('notes.styleMissing', { wanted: fitted.notes.style })}
          onChange={(style) => change({ style })}
        />
      )}
      {takes('scale') && scales.length > 0 && (
        <Select
          {...common}
          label={t('scale')}
          placeholder={own(defaults.scale === undefined ? null : times(defaults.scale))}
          data={withNumbers(scales, times)}
          value={fitted.scale === null ? null : String(fitted.scale)}
          onChange={(scale) => change({ scale: scale === null ? null : Number(scale) })}
        />
      )}
      {takes('scale') && scales.length === 0 && (
        <SliderField
          label={t('scale')}
          value={draft.scale}
          usual={defaults.scale ?? null}
          min={1}
          max={8}
          most={16}
          step={0.5}
          placeholder="–"
          resetLabel={t('resetTo', { value: defaults.scale ?? '–' })}
          onProblem={(problem) => markNumber(t('scale'), problem !== null)}
          onChange={(scale) => change({ scale })}
        />
      )}
      {takes('seconds') && (
        <Select
          {...common}
          label={t('seconds')}
          placeholder={own(defaults.seconds === undefined ? null : formatSeconds(defaults.seconds))}
          data={withNumbers(seconds, formatSeconds)}
          value={fitted.seconds === null ? null : String(fitted.seconds)}
          onChange={(length) => change({ seconds: length === null ? null : Number(length) })}
        />
      )}
      {takes('outputFormat') && outputFormats.length > 0 && (
        <Select
          {...common}
          label={t('outputFormat')}
          placeholder={own(null)}
          data={outputFormats.map((format) => ({ value: format, label: format.toUpperCase() }))}
          value={fitted.outputFormat}
          onChange={(format) => change({ outputFormat: format === null ? null : OutputFormat.parse(format) })}
        />
      )}
    </div>
  );
}
