import { ActionIcon, Slider, Tooltip } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { NumberField } from './number-field.tsx';
import classes from './slider-field.module.css';

interface SliderFieldProps {
  readonly label: string;
  /** Null: the usual value holds. */
  readonly value: number | null;
  /** What holds while `value` is null; null when only the service knows. */
  readonly usual: number | null;
  readonly min: number;
  /** The slider's end; the number may go up to `most`. */
  readonly max: number;
  readonly most: number;
  readonly step: number;
  readonly hint?: string;
  readonly placeholder: string;
  readonly resetLabel: string;
  readonly onChange: (value: number | null) => void;
  /** What is wrong with the typed number, in a sentence; null: nothing any more. */
  readonly onProblem?: (problem: string | null) => void;
}

/** A number with a slider beside it. An empty field means the usual value. */
export function SliderField(props: SliderFieldProps) {
  const { label, value, usual, min, max, most, step, hint, onChange, onProblem } = props;
  const id = useId();
  const problemId = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const shown = value ?? usual;
  const digits = step < 1 ? 2 : 0;

  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <label className={classes.label} htmlFor={id}>
          {label}
        </label>
        {value !== null && value !== usual && (
          <Tooltip label={props.resetLabel}>
            <ActionIcon size="xs" aria-label={props.resetLabel} onClick={() => onChange(null)}>
              <IconArrowBackUp size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={classes.row}>
        <Slider
          className={classes.slider}
          min={min}
          max={max}
          step={step}
          value={Math.min(shown ?? min, max)}
          label={null}
          onChange={onChange}
          thumbLabel={label}
        />
        <NumberField
          id={id}
          className={classes.number}
          min={min}
          max={most}
          step={step}
          digits={digits}
          isOptional
          settlesAfterPause
          placeholder={usual === null ? props.placeholder : String(usual)}
          value={value}
          problemId={problemId}
          onChange={onChange}
          onProblem={(said) => {
            setProblem(said);
            onProblem?.(said);
          }}
        />
      </div>
      {problem !== null && (
        <p id={problemId} className={classes.problem}>
          {problem}
        </p>
      )}
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
    </div>
  );
}
