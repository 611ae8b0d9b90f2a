import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentPrompt } from '../../shared/models/prompt-history.ts';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import { useEditor } from '../ui/editor-context.ts';
import { formatDateTime } from '../ui/format.ts';
import { historyContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { WindowedList } from './windowed-list.tsx';

const rowHeight = 80;
/** Whoever scrolls past needs no picture. */
const settleMs = 100;

function Row({ prompt }: { readonly prompt: SentPrompt }) {
  const { t } = useTranslation('prompts');
  const { id, prompt: words, usedAt, uses } = prompt;
  const images = historyContext.useStore((state) => state.images[id]);
  const { loadImages } = historyContext.useStoreApi().getState();
  const isMissing = images === undefined;
  useEffect(() => {
    if (!isMissing) return;
    const timer = setTimeout(() => void loadImages(id), settleMs);
    return () => clearTimeout(timer);
  }, [id, isMissing, loadImages]);
  const [first] = images ?? [];
  const facts = [
    formatDateTime(usedAt),
    ...(uses > 1 ? [t('history.uses', { count: uses })] : []),
    ...(images !== undefined && images.length > 1 ? [t('history.pictures', { count: images.length })] : []),
  ];
  return (
    <div className={classes.row}>
      <div className={classes.rowWords}>
        <p className={classes.rowPrompt}>{words === '' ? t('noPrompt') : words}</p>
        <p className={classes.rowFacts}>{facts.join(' · ')}</p>
      </div>
      {first !== undefined && (
        <img className={classes.rowPicture} src={thumbnailUrl(first, 'small')} alt="" decoding="async" />
      )}
    </div>
  );
}

/** The prompts that were found, newest first. */
export function HistoryList() {
  const { t } = useTranslation('prompts');
  const prompts = historyContext.useStore((state) => state.prompts);
  const selected = historyContext.useStore((state) => state.selected);
  const { select, loadMore } = historyContext.useStoreApi().getState();
  const editor = useEditor();
  const heights = useMemo(() => prompts.map(() => rowHeight), [prompts]);
  const place = prompts.findIndex(({ id }) => id === selected);
  return (
    <WindowedList
      label={t('history.list')}
      heights={heights}
      selected={place === -1 ? null : place}
      onSelect={(at) => {
        const prompt = prompts[at];
        if (prompt !== undefined) select(prompt.id);
      }}
      onActivate={(at) => {
        const prompt = prompts[at];
        if (prompt === undefined) return;
        editor.take({ prompt: prompt.prompt, negativePrompt: prompt.negativePrompt, options: prompt.options });
      }}
      onNearEnd={() => void loadMore()}
    >
      {(at) => {
        const prompt = prompts[at];
        return prompt === undefined ? null : <Row key={prompt.id} prompt={prompt} />;
      }}
    </WindowedList>
  );
}
