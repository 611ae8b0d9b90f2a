import type { ComponentProps } from 'react';
import { NumberField } from '../ui/number-field.tsx';
import { composeContext } from './compose-context.ts';

interface FormNumberProps extends ComponentProps<typeof NumberField> {
  /** What the field is called; its `label` where left out. */
  readonly name?: string;
}

/** A number of the request: while it can't be used, nothing is sent. */
export function FormNumber({ name, onProblem, ...field }: FormNumberProps) {
  const { markNumber } = composeContext.useStoreApi().getState();
  const called = name ?? (typeof field.label === 'string' ? field.label : '');
  return (
    <NumberField
      settlesAfterPause
      {...field}
      onProblem={(problem) => {
        markNumber(called, problem !== null);
        onProblem?.(problem);
      }}
    />
  );
}
