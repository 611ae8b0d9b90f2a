import { Autocomplete, Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../shared/models/generation-request.ts';
import { PromptFolder, SavedPromptName } from '../../shared/models/saved-prompt.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import { savedContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import type { PromptToSave } from './saved-store.ts';

interface SavedFormProps {
  readonly start: PromptToSave;
  /** The id of the prompt that is changed; left out: a new one. */
  readonly was?: string;
  readonly onCancel: () => void;
  readonly onSaved: () => void;
}

/** Where prompts are kept together: one that is there already, or a new name. */
export function FolderField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (folder: string) => void;
}) {
  const { t } = useTranslation('prompts');
  const prompts = savedContext.useStore((state) => state.prompts);
  const folders = [...new Set(prompts.map(({ folder }) => folder))].filter((folder) => folder !== '');
  const problem = PromptFolder.safeParse(value).error?.issues[0]?.message;
  return (
    <Autocomplete
      label={t('saved.folder')}
      placeholder={t('saved.noFolder')}
      description={t('saved.folderHint')}
      data={folders}
      value={value}
      error={problem === undefined ? undefined : t('saved.folderWrong', { problem })}
      onChange={onChange}
    />
  );
}

/** Names a prompt and puts it where it belongs. */
export function SavedForm({ start, was, onCancel, onSaved }: SavedFormProps) {
  const { t } = useTranslation('prompts');
  const { save } = savedContext.useStoreApi().getState();
  const [prompt, setPrompt] = useState(start);
  const [hasTried, setHasTried] = useState(false);
  const { isBusy, error, submit } = useSubmission();
  const change = (fields: Partial<PromptToSave>): void => setPrompt({ ...prompt, ...fields });
  const nameProblem = SavedPromptName.safeParse(prompt.name).error?.issues[0]?.message;
  const words = (
    label: string,
    field: 'prompt' | 'negativePrompt',
    rows: { readonly minRows: number; readonly maxRows: number },
  ): ReactNode => (
    <Textarea
      label={label}
      autosize
      {...rows}
      maxLength={longestPrompt}
      value={prompt[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );

  const send = async (): Promise<void> => {
    setHasTried(true);
    if (nameProblem !== undefined || !PromptFolder.safeParse(prompt.folder).success) return;
    if (await submit(save(prompt, was))) onSaved();
  };

  return (
    <form
      className={classes.form}
      aria-label={t(was === undefined ? 'saved.newTitle' : 'saved.editTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onCancel();
      }}
    >
      <TextInput
        autoFocus
        label={t('saved.name')}
        value={prompt.name}
        error={hasTried && nameProblem !== undefined ? t('saved.nameWrong', { problem: nameProblem }) : undefined}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <FolderField value={prompt.folder} onChange={(folder) => change({ folder })} />
      {words(t('saved.prompt'), 'prompt', { minRows: 3, maxRows: 14 })}
      {words(t('negative'), 'negativePrompt', { minRows: 1, maxRows: 6 })}
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button size="xs" type="submit" loading={isBusy}>
          {t('saved.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}
