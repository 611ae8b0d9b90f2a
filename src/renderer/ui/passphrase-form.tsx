import { Button, Group, PasswordInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './passphrase-form.module.css';
import { useSubmission } from './use-submission.ts';

/** The least a passphrase may have, in characters; the program refuses shorter ones, too. */
export const leastPassphrase = 8;

interface PassphraseFormProps {
  /** `open`: the one there is; `choose`: a new one, twice; `change`: the old one and a new one, twice. */
  readonly kind: 'open' | 'choose' | 'change';
  readonly submitLabel: string;
  /** Answers with what is wrong; null when it went well. */
  readonly onSubmit: (passphrase: string, newPassphrase: string) => Promise<ErrorReport | null>;
  readonly onCancel?: (() => void) | undefined;
  readonly autoFocus?: boolean;
  /** Further buttons. */
  readonly more?: ReactNode;
}

/** Asks for a passphrase. What was typed is forgotten as soon as it was taken. */
export function PassphraseForm({ kind, submitLabel, onSubmit, onCancel, autoFocus, more }: PassphraseFormProps) {
  const { t } = useTranslation('ui');
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isTried, setIsTried] = useState(false);
  const { isBusy, error, submit, forgetError } = useSubmission();
  const isTooShort = kind !== 'open' && chosen.length < leastPassphrase;
  const isOther = kind !== 'open' && !isTooShort && chosen !== repeated;
  const isMissing = kind !== 'choose' && current === '';

  const send = async (): Promise<void> => {
    setIsTried(true);
    forgetError();
    if (isTooShort || isOther || isMissing) return;
    if (!(await submit(onSubmit(kind === 'choose' ? chosen : current, chosen)))) return;
    for (const forget of [setCurrent, setChosen, setRepeated]) forget('');
    setIsTried(false);
  };

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel?.();
      }}
    >
      {kind !== 'choose' && (
        <PasswordInput
          label={t(kind === 'change' ? 'passphrase.current' : 'passphrase.label')}
          autoComplete="off"
          autoFocus={autoFocus}
          value={current}
          error={isTried && isMissing && t('passphrase.missing')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      )}
      {kind !== 'open' && (
        <>
          <PasswordInput
            label={t('passphrase.new')}
            description={t('passphrase.advice')}
            autoComplete="new-password"
            autoFocus={autoFocus === true && kind === 'choose'}
            value={chosen}
            error={isTried && isTooShort && t('passphrase.tooShort', { least: leastPassphrase })}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('passphrase.repeat')}
            autoComplete="new-password"
            value={repeated}
            error={isTried && isOther && t('passphrase.differs')}
            onChange={(event) => setRepeated(event.currentTarget.value)}
          />
        </>
      )}
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button size="xs" type="submit" loading={isBusy}>
          {submitLabel}
        </Button>
        {more}
        {onCancel !== undefined && (
          <Button size="xs" variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </Group>
    </form>
  );
}
