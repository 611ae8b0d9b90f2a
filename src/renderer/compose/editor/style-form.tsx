import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useSubmission } from '../../ui/use-submission.ts';
import { stylesContext } from './editor-context.ts';
import classes from './style-picker.module.css';
import type { StyleDraft } from './styles-store.ts';

const longestTerms = 4_000;

interface StyleFormProps {
  readonly first: StyleDraft;
  /** Whether something would be lost if the form went away. */
  readonly onChanged: (isChanged: boolean) => void;
  readonly onDone: () => void;
}

/** A style of the user's own, new or to be changed. */
export function StyleForm({ first, onChanged, onDone }: StyleFormProps) {
  const { t } = useTranslation('promptEditor');
  const { save } = stylesContext.useStoreApi().getState();
  const [style, setStyle] = useState(first);
  const change = (fields: Partial<StyleDraft>): void => {
    const changed = { ...style, ...fields };
    setStyle(changed);
    onChanged(JSON.stringify(changed) !== JSON.stringify(first));
  };
  const { isBusy, error, submit } = useSubmission();
  const isEmpty = style.name.trim() === '' || [style.positive, style.sentence, style.negative].join('').trim() === '';

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    if (isEmpty) return;
    if (await submit(save(style))) onDone();
  };
  const words = (name: 'positive' | 'sentence' | 'negative') => (
    <Textarea
      label={t(`styles.form.${name}`)}
      description={t(`styles.form.${name}Hint`)}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={longestTerms}
      value={style[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form className={classes.form} aria-label={t('styles.form.title')} onSubmit={(event) => void send(event)}>
      <TextInput
        label={t('styles.form.name')}
        maxLength={200}
        data-autofocus
        autoFocus
        value={style.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('styles.form.kind')}
        data={[
          { value: 'style', label: t('styles.form.isStyle') },
          { value: 'enhancer', label: t('styles.form.isEnhancer') },
        ]}
        value={style.kind}
        onChange={(kind) => change({ kind })}
      />
      {words('positive')}
      {words('sentence')}
      {words('negative')}
      {error !== null && <ErrorNote error={error} plain />}
      <div className={classes.formButtons}>
        <Button type="submit" disabled={isEmpty} loading={isBusy}>
          {t('styles.form.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('styles.form.cancel')}
        </Button>
      </div>
    </form>
  );
}
