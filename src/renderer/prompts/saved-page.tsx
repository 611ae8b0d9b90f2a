import { Group } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { useEditor } from '../ui/editor-context.ts';
import { foundPrompts } from './found-prompts.ts';
import { ImportPrompts } from './import-prompts.tsx';
import { savedContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { SavedDetails } from './saved-details.tsx';
import { SavedForm } from './saved-form.tsx';
import { SavedList } from './saved-list.tsx';
import { SavedTools } from './saved-tools.tsx';
import { SearchField } from './search-field.tsx';
import { ReadState } from './read-state.tsx';
import { useFresh } from './use-fresh.ts';

type Doing = 'looking' | 'adding' | 'importing';

function NothingSaved() {
  const { t } = useTranslation('prompts');
  const isKnown = savedContext.useStore((state) => state.isLoaded && state.prompts.length === 0);
  if (!isKnown) return null;
  return (
    <div className={classes.nothing}>
      <EmptyState icon={<IconBookmark size={40} stroke={1.25} />} title={t('saved.emptyTitle')}>
        {t('saved.emptyText')}
      </EmptyState>
    </div>
  );
}

function Details({ doing, onDone }: { readonly doing: Doing; readonly onDone: () => void }) {
  const { t } = useTranslation('prompts');
  const editor = useEditor();
  const prompt = savedContext.useStore((state) => state.prompts.find(({ id }) => id === state.selected));
  if (doing === 'looking')
    return prompt === undefined ? <NothingSaved /> : <SavedDetails key={prompt.id} prompt={prompt} />;
  return (
    <div className={classes.details}>
      <h2>{t(doing === 'adding' ? 'saved.newTitle' : 'saved.importTitle')}</h2>
      {doing === 'adding' ? (
        <SavedForm start={{ folder: '', name: '', ...editor.words() }} onCancel={onDone} onSaved={onDone} />
      ) : (
        <ImportPrompts onDone={onDone} />
      )}
    </div>
  );
}

/** The prompts that were kept, by folder. What can be pressed stands there before they are read, and stays. */
export function SavedPage() {
  const { t } = useTranslation('prompts');
  const isEmpty = savedContext.useStore((state) => state.prompts.length === 0);
  const isLoaded = savedContext.useStore((state) => state.isLoaded);
  const error = savedContext.useStore((state) => state.error);
  const search = savedContext.useStore((state) => state.search);
  const isFound = savedContext.useStore((state) => foundPrompts(state.prompts, state.search).length > 0);
  const { load, leave, setSearch } = savedContext.useStoreApi().getState();
  const [doing, setDoing] = useState<Doing>('looking');
  useFresh(load, leave);

  return (
    <div className={classes.split} data-searched>
      <div className={classes.side}>
        <div className={classes.tools}>
          <SearchField label={t('saved.search')} value={search} onChange={setSearch} />
          <Group gap={8}>
            <SavedTools onAdd={() => setDoing('adding')} onImport={() => setDoing('importing')} />
          </Group>
        </div>
        <ReadState error={error} isLoaded={isLoaded} load={load} />
        <p role="status" className={classes.none}>
          {!isEmpty && !isFound && t('saved.none', { search: search.trim() })}
        </p>
        {!isEmpty && <SavedList onLook={() => setDoing('looking')} />}
      </div>
      <Details doing={doing} onDone={() => setDoing('looking')} />
    </div>
  );
}
