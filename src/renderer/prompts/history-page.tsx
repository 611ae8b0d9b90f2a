import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { announce } from '../ui/announcer.tsx';
import { Ask } from '../ui/ask.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { jobsContext, viewContext } from '../ui/stores/shared-stores.ts';
import { HistoryDetails } from './history-details.tsx';
import { HistoryList } from './history-list.tsx';
import { historyContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { ReadState } from './read-state.tsx';
import { SearchField } from './search-field.tsx';
import { useFresh } from './use-fresh.ts';

/** Jobs often come and go together: what they sent is read once. */
const settleMs = 1_000;

function useNewPrompts(): void {
  const { refresh } = historyContext.useStoreApi().getState();
  const jobs = jobsContext.useStoreApi();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = jobs.subscribe((now, before) => {
      if (now.queue === before.queue) return;
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), settleMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [jobs, refresh]);
}

function Search() {
  const { t } = useTranslation('prompts');
  const search = historyContext.useStore((state) => state.search);
  const { setSearch } = historyContext.useStoreApi().getState();
  const isWanted = viewContext.useStore((state) => state.wantsPromptSearch);
  const { promptSearchShown } = viewContext.useStoreApi().getState();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    field.current?.focus();
    field.current?.select();
    promptSearchShown();
  }, [isWanted, promptSearchShown]);
  return <SearchField field={field} label={t('history.search')} value={search} onChange={setSearch} />;
}

function NothingSent() {
  const { t } = useTranslation('prompts');
  const { go } = viewContext.useStoreApi().getState();
  return (
    <div className={classes.nothing}>
      <EmptyState
        icon={<IconHistory size={40} stroke={1.25} />}
        title={t('history.emptyTitle')}
        actions={<Button onClick={() => go('create')}>{t('history.create')}</Button>}
      >
        {t('history.emptyText')}
      </EmptyState>
    </div>
  );
}

/** Every prompt that was sent, found while typing, with what came of it. */
export function HistoryPage({ onOpen }: { readonly onOpen: (image: ImageSummary) => void }) {
  const { t } = useTranslation('prompts');
  const foundBy = historyContext.useStore((state) => state.foundBy);
  const isEmpty = historyContext.useStore((state) => state.prompts.length === 0);
  const isLoaded = historyContext.useStore((state) => state.isLoaded);
  const error = historyContext.useStore((state) => state.error);
  const { load, leave, forgetAll } = historyContext.useStoreApi().getState();
  const [isAsking, setIsAsking] = useState(false);
  useFresh(load, leave);
  useNewPrompts();
  const isNew = isLoaded && isEmpty && foundBy.trim() === '';

  return (
    <div className={classes.split} data-searched>
      <div className={classes.side}>
        <div className={classes.tools}>
          <Search />
          <Button size="xs" variant="subtle" color="gray" disabled={isEmpty} onClick={() => setIsAsking(true)}>
            {t('history.forgetAll')}
          </Button>
        </div>
        {isAsking && (
          <Ask
            question={t('history.askForgetAll')}
            yes={t('history.forgetAll')}
            no={t('keep')}
            onYes={() =>
              void forgetAll().then((done) => {
                setIsAsking(false);
                if (done) announce(t('history.forgotten'));
              })
            }
            onNo={() => setIsAsking(false)}
          />
        )}
        <ReadState error={error} isLoaded={isLoaded} load={load} />
        <p role="status" className={classes.none}>
          {isLoaded && isEmpty && !isNew && t('history.none', { search: foundBy.trim() })}
        </p>
        {!isEmpty && <HistoryList />}
      </div>
      {isNew ? <NothingSent /> : <HistoryDetails onOpen={onOpen} />}
    </div>
  );
}
