import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberProblem } from './number-problem.ts';

interface NumberSettingProps extends Pick<
  NumberInputProps,
  'label' | 'aria-label' | 'prefix' | 'placeholder' | 'w' | 'step'
> {
  /** Null: empty. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** Digits behind the point. */
  readonly digits?: number;
  readonly isOptional?: boolean;
  readonly disabled?: boolean;
  /** What is wrong with a number that is in range, in a sentence; null: nothing. */
  readonly check?: (value: number | null) => string | null;
  readonly onSave: (value: number | null) => void;
}

/** A number that is saved when the field is left or Enter is pressed; what can't be saved stays in the field, with the reason. */
export function NumberSetting(props: NumberSettingProps) {
  const { value, min, max, digits = 0, isOptional = false, disabled = false, check, onSave, ...input } = props;
  const { t } = useTranslation('settings');
  /** What is being typed; null: nothing. */
  const [typed, setTyped] = useState<string | number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const leave = (): void => {
    if (typed === null) return;
    const next = typed === '' ? null : Number(typed);
    const wrong = numberProblem(next, { min, max, digits, isOptional });
    const said = wrong === null ? (check?.(next) ?? null) : t(`routing.${wrong}`, { min, max });
    setProblem(said);
    if (said !== null) return;
    setTyped(null);
    if (next !== value) onSave(next);
  };

  return (
    <NumberInput
      {...input}
      disabled={disabled}
      min={min}
      max={max}
      clampBehavior="none"
      decimalScale={digits}
      allowNegative={false}
      hideControls
      value={typed ?? value ?? ''}
      error={problem}
      onChange={(next) => {
        setTyped(next);
        setProblem(null);
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
        if (event.key !== 'Escape' || typed === null) return;
        event.stopPropagation();
        setTyped(null);
        setProblem(null);
      }}
    />
  );
}
