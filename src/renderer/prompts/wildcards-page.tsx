import { Button } from '@mantine/core';
import { IconAsterisk, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WildcardSummary } from '../../shared/models/wildcard.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatNumber } from '../ui/format.ts';
import { wildcardsContext } from './prompts-context.ts';
import classes from './prompts-view.module.css';
import { ReadState } from './read-state.tsx';
import { useFresh } from './use-fresh.ts';
import { WildcardEditor } from './wildcard-editor.tsx';
import { WindowedList } from './windowed-list.tsx';

const rowHeight = 56;

function Row({ wildcard, isChanged }: { readonly wildcard: WildcardSummary; readonly isChanged: boolean }) {
  const { t } = useTranslation('prompts');
  const { name, lines, isBuiltIn, problem } = wildcard;
  const facts = [
    ...(isChanged ? [t('wildcards.unsaved')] : []),
    ...(lines === null ? [] : [t('wildcards.options', { count: lines, formatted: formatNumber(lines) })]),
    ...(isBuiltIn ? [t('wildcards.builtIn')] : []),
    ...(problem === null ? [] : [problem]),
  ];
  return (
    <div className={classes.row}>
      <div className={classes.rowWords}>
        <p className={classes.rowLine}>{`__${name}__`}</p>
        <p className={classes.rowFacts}>{facts.join(' · ')}</p>
      </div>
    </div>
  );
}

function Introduction({ isEmpty }: { readonly isEmpty: boolean }) {
  const { t } = useTranslation('prompts');
  if (!isEmpty) {
    return (
      <div className={classes.details}>
        <p className={classes.dim}>{t('wildcards.intro')}</p>
      </div>
    );
  }
  return (
    <div className={classes.nothing}>
      <EmptyState icon={<IconAsterisk size={40} stroke={1.25} />} title={t('wildcards.emptyTitle')}>
        {t('wildcards.emptyText')}
      </EmptyState>
    </div>
  );
}

/** The lists that `__name__` in a prompt draws from. */
export function WildcardsPage() {
  const { t } = useTranslation('prompts');
  const { wildcards, isLoaded, error, opened, drafts } = wildcardsContext.useStore((state) => state);
  const { load, leave, open, begin } = wildcardsContext.useStoreApi().getState();
  const heights = useMemo(() => wildcards.map(() => rowHeight), [wildcards]);
  useFresh(load, leave);
  const place = wildcards.findIndex(({ name }) => name === opened?.name);
  const show = (at: number): void => {
    const name = wildcards[at]?.name;
    if (name !== undefined) void open(name);
  };
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <div className={classes.tools}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
            onClick={() => begin()}
          >
            {t('wildcards.new')}
          </Button>
        </div>
        <ReadState error={error} isLoaded={isLoaded} load={load} />
        {wildcards.length > 0 && (
          <WindowedList
            label={t('wildcards.list')}
            heights={heights}
            selected={place === -1 ? null : place}
            onSelect={show}
            onActivate={() => document.getElementById('wildcard-text')?.focus()}
          >
            {(at) => {
              const wildcard = wildcards[at];
              return wildcard && <Row wildcard={wildcard} isChanged={drafts.has(wildcard.name)} />;
            }}
          </WindowedList>
        )}
      </div>
      {opened === null ? (
        <Introduction isEmpty={isLoaded && wildcards.length === 0} />
      ) : (
        <WildcardEditor key={`${opened.name} ${opened.text.length}`} wildcard={opened} />
      )}
    </div>
  );
}
