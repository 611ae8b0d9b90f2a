import { Input } from '@mantine/core';
import type { KeyboardEventHandler, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completion } from './use-completion.ts';
import classes from './prompt-box.module.css';
import { PromptMirror } from './prompt-mirror.tsx';
import type { MarkedPiece } from './prompt-marks.ts';

interface PromptBoxProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly mirror: RefObject<HTMLDivElement | null>;
  readonly value: string;
  readonly pieces: readonly MarkedPiece[];
  readonly isWrong: boolean;
  readonly completion: Completion;
  readonly onChange: (value: string) => void;
  readonly onKeyDown: KeyboardEventHandler<HTMLTextAreaElement>;
  readonly onBlur: () => void;
}

/** The text field with its underlines. It grows with its text up to sixteen lines. */
export function PromptBox({
  field,
  mirror,
  value,
  pieces,
  isWrong,
  completion,
  onChange,
  onKeyDown,
  onBlur,
}: PromptBoxProps) {
  const { t } = useTranslation('compose');
  const list = completion.list;
  return (
    <div className={classes.box}>
      <PromptMirror mirror={mirror} pieces={pieces} />
      <Input
        component="textarea"
        multiline
        className={classes.field}
        ref={field}
        placeholder={t('promptPlaceholder')}
        spellCheck
        data-prompt
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={list?.id}
        aria-activedescendant={list?.activeId}
        error={isWrong}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onSelect={completion.caretMoved}
        onBlur={onBlur}
        onScroll={({ currentTarget }) => mirror.current?.scrollTo({ top: currentTarget.scrollTop })}
      />
    </div>
  );
}
