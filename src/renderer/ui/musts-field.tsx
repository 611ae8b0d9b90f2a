import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Must } from '../../shared/models/route-wishes.ts';

interface MustsFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: readonly Must[];
  readonly disabled?: boolean;
  readonly onChange: (musts: Must[]) => void;
}

/** What of a request must hold: who would have to drop or change it is skipped. */
export function MustsField({ label, description, value, disabled = false, onChange }: MustsFieldProps) {
  const { t } = useTranslation('ui');
  return (
    <MultiSelect
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={Must.options.map((must) => ({ value: must, label: t(`musts.names.${must}`) }))}
      value={[...value]}
      disabled={disabled}
      hidePickedOptions
      placeholder={value.length === 0 ? t('musts.placeholder') : undefined}
      comboboxProps={{ shadow: 'md' }}
      onChange={(next) => onChange(next.filter((must): must is Must => Must.safeParse(must).success))}
    />
  );
}
