import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Must } from '../../shared/models/route-wishes.ts';

interface MustsFieldProps extends Pick<MultiSelectProps, 'label' | 'aria-label'> {
  readonly value: readonly Must[];
  readonly disabled?: boolean;
  readonly onChange: (musts: Must[]) => void;
}

/** What of a request must hold: who would have to drop or change it is skipped. */
export function MustsField({ value, disabled = false, onChange, ...names }: MustsFieldProps) {
  const { t } = useTranslation('ui');
  return (
    <MultiSelect
      {...names}
      data={Must.options.map((must) => ({ value: must, label: t(`musts.names.${must}`) }))}
      value={[...value]}
      disabled={disabled}
      hidePickedOptions
      {...(value.length === 0 && { placeholder: t('musts.placeholder') })}
      comboboxProps={{ shadow: 'md' }}
      onChange={(next) => onChange(next.filter((must): must is Must => Must.safeParse(must).success))}
    />
  );
}
