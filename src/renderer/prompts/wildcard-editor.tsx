import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { announce } from '../ui/announcer.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import { wildcardsContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import type { OpenWildcard } from './wildcards-store.ts';

/** The options of a wildcard as text, one a line. Easel's own can only be copied. */
export function WildcardEditor({ wildcard }: { readonly wildcard: OpenWildcard }) {
  const { t } = useTranslation('prompts');
  const folder = wildcardsContext.useStore((state) => state.folder);
  const draft = wildcardsContext.useStore(({ drafts }) => drafts.get(wildcard.name));
  const { write, remove, begin, edit, discard } = wildcardsContext.useStoreApi().getState();
  const isNew = wildcard.name === '';
  const { isBuiltIn } = wildcard;
  const { name, text } = draft ?? wildcard;
  const { isBusy, error, submit } = useSubmission();
  const isChanged = draft !== undefined;

  const save = async (): Promise<void> => {
    if (await submit(write(name.trim(), text))) announce(t('wildcards.saved', { name: name.trim() }));
  };
  return (
    <form
      className={classes.details}
      aria-label={isNew ? t('wildcards.newTitle') : wildcard.name}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isNew ? (
        <TextInput
          autoFocus
          className={classes.form}
          label={t('wildcards.name')}
          description={t('wildcards.nameHint')}
          spellCheck={false}
          value={name}
          onChange={(event) => edit({ name: event.currentTarget.value })}
        />
      ) : (
        <div>
          <h2>{`__${wildcard.name}__`}</h2>
          <p className={classes.dim}>{isBuiltIn ? t('wildcards.builtInText') : t('wildcards.where', { folder })}</p>
        </div>
      )}
      <Textarea
        id="wildcard-text"
        className={classes.text}
        label={t('wildcards.text')}
        description={t('wildcards.textHint')}
        rows={18}
        spellCheck={false}
        readOnly={isBuiltIn}
        value={text}
        onChange={(event) => edit({ text: event.currentTarget.value })}
      />
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        {!isBuiltIn && (
          <Button size="xs" type="submit" loading={isBusy} disabled={(!isChanged && !isNew) || name.trim() === ''}>
            {t('wildcards.save')}
          </Button>
        )}
        {isChanged && (
          <Button size="xs" variant="default" onClick={discard}>
            {t('wildcards.discard')}
          </Button>
        )}
        {!isNew && (
          <Button size="xs" variant="default" onClick={() => begin(wildcard.text)}>
            {t('wildcards.copy')}
          </Button>
        )}
        {!isNew && !isBuiltIn && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => void remove(wildcard.name)}>
            {t('wildcards.remove')}
          </Button>
        )}
      </Group>
    </form>
  );
}
