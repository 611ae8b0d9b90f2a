import { TextInput, UnstyledButton, type TextInputProps } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from './announcer.tsx';
import classes from './number-field.module.css';
import { readNumber, writeNumber } from './read-number.ts';
import { isTyping } from './settle-typed.ts';

interface NumberFieldProps extends Pick<
  TextInputProps,
  | 'autoFocus'
  | 'aria-label'
  | 'className'
  | 'disabled'
  | 'id'
  | 'label'
  | 'leftSection'
  | 'placeholder'
  | 'readOnly'
  | 'w'
> {
  readonly 'data-autofocus'?: boolean;
  /** Null: empty. */
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** Digits behind the point; 0: whole numbers only. */
  readonly digits?: number;
  readonly isOptional?: boolean;
  /** Stands before the number: "$". */
  readonly prefix?: string;
  /** What the arrow keys add and take away. */
  readonly step?: number;
  /** With a button for more and one for less. */
  readonly hasButtons?: boolean;
  /** Takes a number over when nothing was typed for a moment, so that what hangs on it is seen while the field has the focus. */
  readonly settlesAfterPause?: boolean;
  /** The id of the element that says what is wrong, where the field has no room for it. */
  readonly problemId?: string;
  /** What is wrong with a number that is in range, in a sentence; null: nothing. */
  readonly check?: (value: number | null) => string | null;
  readonly onChange: (value: number | null) => void;
  /** What is wrong with the text, in a sentence; null: nothing any more. */
  readonly onProblem?: (problem: string | null) => void;
}

const pauseMs = 800;

/**
 * A number that is taken over when the field is left or Enter is pressed. What is no number, or one that can't be, stays as it
 * was typed, with the reason; nothing is made of it.
 */
export function NumberField(props: NumberFieldProps) {
  const {
    value,
    min,
    max,
    digits = 0,
    isOptional = false,
    prefix = '',
    step,
    hasButtons = false,
    settlesAfterPause = false,
    problemId,
    check,
    onChange,
    onProblem,
    ...input
  } = props;
  const { t } = useTranslation('ui');
  /** What is being typed; null: nothing. */
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [known, setKnown] = useState(value);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const range = { min, max, digits, isOptional };

  const read = (text: string): { readonly value: number | null } | { readonly said: string } => {
    const bare = text.trim();
    const answer = readNumber(bare.startsWith(prefix) ? bare.slice(prefix.length) : bare, range);
    if ('problem' in answer) {
      return { said: t(`number.${answer.problem}`, { min: writeNumber(min), max: writeNumber(max), digits }) };
    }
    const said = check?.(answer.value) ?? null;
    return said === null ? answer : { said };
  };

  if (value !== known) {
    setKnown(value);
    const answer = typed === null ? null : read(typed);
    // It was set from elsewhere: that is newer than what was being typed.
    if (answer !== null && !('value' in answer && answer.value === value)) {
      setTyped(null);
      setProblem(null);
    }
  }

  const tell = useEffectEvent((said: string | null) => onProblem?.(said));
  useEffect(() => {
    if (problem === null) return undefined;
    tell(problem);
    return () => tell(null);
  }, [problem]);

  const rest = (): void => {
    clearTimeout(pause.current);
    isTyping(null);
  };
  const show = (said: string | null): void => {
    setProblem(said);
    onProblem?.(said);
  };
  const settle = (text: string, isLeft: boolean): void => {
    rest();
    const answer = read(text);
    if ('said' in answer) {
      show(answer.said);
      announce(answer.said);
      return;
    }
    show(null);
    if (isLeft) setTyped(null);
    if (answer.value !== value) onChange(answer.value);
  };
  const leave = (): void => {
    if (typed !== null || (value === null && !isOptional)) settle(typed ?? '', true);
  };
  const settleLater = useEffectEvent((text: string) => settle(text, false));
  const settleNow = useEffectEvent((text: string) => settle(text, true));

  useEffect(() => {
    if (typed === null || problem !== null) return undefined;
    const own = (): void => settleNow(typed);
    isTyping(own);
    const timer = settlesAfterPause ? setTimeout(() => settleLater(typed), pauseMs) : undefined;
    pause.current = timer;
    return () => {
      clearTimeout(timer);
      isTyping(null);
    };
  }, [typed, problem, settlesAfterPause]);

  const put = (next: number): void => {
    rest();
    setTyped(null);
    show(null);
    if (next !== value) onChange(next);
  };
  /** To the next number on the ladder of steps, within the range. */
  const walk = (direction: 1 | -1): void => {
    if (step === undefined || input.disabled === true) return;
    const answer = typed === null ? { value } : read(typed);
    const from = 'value' in answer ? (answer.value ?? (direction > 0 ? min - step : min)) : min;
    const next = Number((from + direction * step).toFixed(digits));
    put(Math.max(min, Math.min(next, max)));
  };
  const press = (event: KeyboardEvent): void => {
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter') leave();
    if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && step !== undefined && isBare) {
      event.preventDefault();
      walk(event.key === 'ArrowUp' ? 1 : -1);
    }
    if (event.key !== 'Escape' || typed === null) return;
    event.stopPropagation();
    rest();
    setTyped(null);
    show(null);
  };

  const button = (direction: 1 | -1) => (
    // The arrow keys do the same.
    <UnstyledButton
      className={classes.step}
      tabIndex={-1}
      aria-hidden
      disabled={input.disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => walk(direction)}
    >
      {direction > 0 ? <IconChevronUp size={12} /> : <IconChevronDown size={12} />}
    </UnstyledButton>
  );

  return (
    <TextInput
      {...input}
      inputMode={digits > 0 ? 'decimal' : 'numeric'}
      autoComplete="off"
      spellCheck={false}
      value={typed ?? (value === null ? '' : `${prefix}${writeNumber(value)}`)}
      error={problemId === undefined ? problem : problem !== null}
      {...(problemId !== undefined && problem !== null && { 'aria-describedby': problemId })}
      {...(hasButtons && {
        rightSectionWidth: 20,
        rightSection: (
          <span className={classes.steps}>
            {button(1)}
            {button(-1)}
          </span>
        ),
      })}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        if (problem !== null) show(null);
      }}
      onBlur={leave}
      onKeyDown={press}
    />
  );
}
