import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from './error-note.tsx';
import classes from './provider-address.module.css';
import { useSubmission } from './use-submission.ts';

/** Whether this can be the address of a server. Name and password in it are kept with the keys. */
export function isServerAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

interface AddressFormProps {
  readonly url: string;
  /** What an address there looks like. */
  readonly example: string;
  /** It is one that was entered, so that the usual one can be gone back to. */
  readonly isOwn: boolean;
  /** Null: back to the usual one. Answers what is wrong with it, or null. */
  readonly onSave: (url: string | null) => Promise<ErrorReport | null>;
  readonly onDone: () => void;
}

/** Changes where a server is looked for. */
export function AddressForm({ url, example, isOwn, onSave, onDone }: AddressFormProps) {
  const { t } = useTranslation('providers');
  const [text, setText] = useState(url);
  const [isWrong, setIsWrong] = useState(false);
  const { isBusy, error, submit } = useSubmission();

  const save = async (next: string | null): Promise<void> => {
    setIsWrong(next !== null && !isServerAddress(next));
    if (next !== null && !isServerAddress(next)) return;
    if (await submit(onSave(next))) onDone();
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(text.trim());
      }}
    >
      <TextInput
        data-autofocus
        autoFocus
        aria-label={t('address')}
        spellCheck={false}
        inputMode="url"
        value={text}
        error={isWrong ? t('addressInvalid', { example }) : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIsWrong(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button size="xs" type="submit" loading={isBusy}>
          {t('save')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
        {isOwn && (
          <Button size="xs" variant="subtle" color="gray" disabled={isBusy} onClick={() => void save(null)}>
            {t('usualAddress')}
          </Button>
        )}
      </Group>
    </form>
  );
}
