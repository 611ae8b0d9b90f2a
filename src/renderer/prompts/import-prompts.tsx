import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PromptFolder } from '../../shared/models/saved-prompt.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { useSubmission } from '../ui/use-submission.ts';
import { ListInput } from './list-input.tsx';
import type { PromptListInput } from './prompt-list-input.ts';
import { savedContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { FolderField } from './saved-form.tsx';

/** Keeps all prompts of a list. */
export function ImportPrompts({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('prompts');
  const { importList } = savedContext.useStoreApi().getState();
  const [list, setList] = useState<PromptListInput | null>(null);
  const [folder, setFolder] = useState('');
  const { isBusy, error, submit, forgetError } = useSubmission();

  const run = async (): Promise<void> => {
    if (list === null || !PromptFolder.safeParse(folder).success) return;
    if (await submit(importList(list, folder))) onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <ListInput
        onList={(next) => {
          setList(next);
          forgetError();
        }}
      />
      <FolderField value={folder} onChange={setFolder} />
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button size="xs" type="submit" loading={isBusy} disabled={list === null}>
          {t('saved.importAll')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}
