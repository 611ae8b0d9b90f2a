import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';
import { variablesOf } from '../../shared/prompt-text/resolve-prompt.ts';
import { useEditor } from '../ui/editor-context.ts';
import { foundPrompts } from './found-prompts.ts';
import { savedContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { savedRows } from './saved-rows.ts';
import { WindowedList } from './windowed-list.tsx';

const heights = { folder: 36, prompt: 56 } as const;

function Row({ prompt }: { readonly prompt: SavedPrompt }) {
  const { t } = useTranslation('prompts');
  const { name, version } = prompt;
  return (
    <div className={classes.row}>
      <div className={classes.rowWords}>
        <p className={classes.rowLine}>{name}</p>
        <p className={classes.rowFacts}>{version.prompt}</p>
      </div>
      {variablesOf(version.prompt).length > 0 && (
        <Badge className={classes.badge} variant="default">
          {t('saved.template')}
        </Badge>
      )}
    </div>
  );
}

/** All kept prompts under their folders. */
export function SavedList({ onLook }: { readonly onLook: () => void }) {
  const { t } = useTranslation('prompts');
  const prompts = savedContext.useStore((state) => state.prompts);
  const search = savedContext.useStore((state) => state.search);
  const selected = savedContext.useStore((state) => state.selected);
  const { select } = savedContext.useStoreApi().getState();
  const editor = useEditor();
  const rows = useMemo(() => savedRows(foundPrompts(prompts, search)), [prompts, search]);
  const rowHeights = useMemo(() => rows.map(({ kind }) => heights[kind]), [rows]);
  const place = rows.findIndex((row) => row.kind === 'prompt' && row.prompt.id === selected);
  const promptAt = (at: number): SavedPrompt | null => {
    const row = rows[at];
    return row?.kind === 'prompt' ? row.prompt : null;
  };
  return rows.length === 0 ? null : (
    <WindowedList
      label={t('saved.list')}
      heights={rowHeights}
      isHeading={(at) => rows[at]?.kind === 'folder'}
      selected={place === -1 ? null : place}
      onSelect={(at) => {
        const prompt = promptAt(at);
        if (prompt !== null) select(prompt.id);
        onLook();
      }}
      onActivate={(at) => {
        const prompt = promptAt(at);
        if (prompt !== null) editor.take(prompt.version);
      }}
    >
      {(at) => {
        const row = rows[at];
        if (row === undefined) return null;
        return row.kind === 'folder' ? row.folder : <Row prompt={row.prompt} />;
      }}
    </WindowedList>
  );
}
