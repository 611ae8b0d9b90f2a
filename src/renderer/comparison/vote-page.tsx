import { Button, Progress } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison, Verdict } from '../../shared/models/comparison.ts';
import { comparedPictureUrl } from '../backend/picture-urls.ts';
import { ariaKeys } from '../ui/actions/key-combination.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { announce } from '../ui/announcer.tsx';
import { isMac } from '../ui/is-mac.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { ComparedPicture } from './compared-picture.tsx';
import { comparisonsContext } from './comparisons-context.ts';
import { OutNotes } from './out-notes.tsx';
import { useSharedZoom } from './use-shared-zoom.ts';
import { createVerdictGate } from './verdict-gate.ts';
import { verdictKeys } from './verdict-keys.ts';
import classes from './vote-page.module.css';

const panStep = 10;

/** Where the pictures are one below the other; the style sheet has the same. */
const stacked = '(max-width: 600px)';

/** Two pictures side by side, in a narrow window one below the other, and one question. */
export function VotePage({ comparison, pair }: { readonly comparison: Comparison; readonly pair: [string, string] }) {
  const { t } = useTranslation('comparison');
  const { id, entries, votes, votesLeft } = comparison;
  const { vote, finish } = comparisonsContext.useStoreApi().getState();
  const [gate] = useState(createVerdictGate);
  const [first, second] = pair;
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const isReady = shown.has(first) && shown.has(second);
  const { zoom, attach, toggle, move } = useSharedZoom(`${first}${second}`);
  const isStacked = useMediaQuery(stacked, false, { getInitialValueInEffect: false });
  const total = votes.length + votesLeft;
  const now = votes.length + 1;

  const said = t(isStacked ? 'pairSaidStacked' : 'pairSaid', { now, total, first, second });
  useEffect(() => announce(said), [said]);
  // The next pairs come without a wait.
  const ahead = useRef<HTMLImageElement[]>([]);
  const there = entries.flatMap(({ label, picture }) => (picture ? [label] : [])).join(' ');
  useEffect(() => {
    ahead.current = there.split(' ').map((label) => Object.assign(new Image(), { src: comparedPictureUrl(id, label) }));
  }, [id, there]);

  const decide = (verdict: Verdict, at: number): void => {
    const isMeant = gate.passes(at);
    if (isReady && isMeant) void vote(comparison, verdict);
  };
  const pan = (name: string, key: string, x: number, y: number) => ({
    name: `compare.${name}`,
    label: t('actions.zoom'),
    section: 'compare' as const,
    keys: [`Shift+${key}`],
    hidden: true,
    when: () => zoom.scale > 1,
    run: () => move(x, y),
  });
  useActions([
    ...verdictKeys.map(([verdict, keys]) => ({
      name: `compare.${verdict}`,
      label: t(`actions.${verdict}`),
      section: 'compare' as const,
      keys,
      run: () => decide(verdict, performance.now()),
    })),
    { name: 'compare.zoom', label: t('actions.zoom'), section: 'compare', keys: ['KeyZ'], run: toggle },
    pan('panLeft', 'ArrowLeft', -panStep, 0),
    pan('panRight', 'ArrowRight', panStep, 0),
    pan('panUp', 'ArrowUp', 0, -panStep),
    pan('panDown', 'ArrowDown', 0, panStep),
  ]);

  const onShown = (label: string): void => setShown((before) => new Set([...before, label]));
  return (
    <>
      <div
        // Each pair is looked at from its top.
        key={`${first}${second}`}
        className={classes.stage}
        ref={attach}
        role="group"
        aria-label={t('pairLabel')}
        // It scrolls then.
        tabIndex={isStacked ? 0 : undefined}
        onDoubleClick={toggle}
      >
        {pair.map((label) => (
          <ComparedPicture
            key={label}
            comparison={id}
            label={label}
            zoom={zoom}
            isHidden={!isReady}
            onShown={onShown}
          />
        ))}
      </div>
      <div className={classes.foot}>
        <OutNotes comparison={comparison} />
        <div className={classes.verdicts}>
          {verdictKeys.map(([verdict, keys]) => (
            <Button
              key={verdict}
              size="md"
              variant="default"
              rightSection={<KeyHint keys={keys[isStacked ? keys.length - 1 : 0] ?? ''} />}
              aria-keyshortcuts={keys.map((combination) => ariaKeys(combination, isMac)).join(' ')}
              onClick={(event) => decide(verdict, event.timeStamp)}
            >
              {t(isStacked ? `verdictsStacked.${verdict}` : `verdicts.${verdict}`)}
            </Button>
          ))}
        </div>
        <div className={classes.progress}>
          <span>{t('pair', { now, total })}</span>
          <Progress
            flex={1}
            maw={240}
            size="xs"
            value={(votes.length / total) * 100}
            aria-label={t('pair', { now, total })}
          />
          <span className={classes.dim}>{t('zoomHint')}</span>
          <Button size="xs" variant="subtle" color="gray" onClick={() => void finish(id)}>
            {t(votes.length > 0 ? 'finish' : 'giveUp')}
          </Button>
        </div>
      </div>
    </>
  );
}
