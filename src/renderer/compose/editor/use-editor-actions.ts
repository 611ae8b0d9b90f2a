import { useCallback, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import { changeWeight } from '../../../shared/prompt-text/change-weight.ts';
import type { Action } from '../../ui/actions/action-registry.ts';
import { useActions } from '../../ui/actions/use-actions.ts';
import { announce } from '../../ui/announcer.tsx';
import { composeContext } from '../compose-context.ts';
import { promptWalkContext } from './editor-context.ts';
import { applyFixes } from './apply-fixes.ts';
import { findingWords } from './finding-words.ts';
import { replaceAll } from './replace-text.ts';
import { showRange } from './mirror-place.ts';

/** As AUTOMATIC1111 does it for a LoRA; twice as fine as for words there. */
const weightStep = 0.05;

interface EditorActions {
  readonly show: (finding: PromptFinding) => void;
  /** Fixes all of these in one step of the undo. The focus goes to the prompt. */
  readonly fix: (findings: readonly PromptFinding[]) => void;
  readonly walk: (way: 'older' | 'newer') => void;
}

/** What the keyboard does in the prompt, beside writing. All of it can be taken back by the undo of the field. */
export function useEditorActions(
  field: RefObject<HTMLTextAreaElement | null>,
  mirror: RefObject<HTMLDivElement | null>,
  findings: readonly PromptFinding[],
): EditorActions {
  const { t } = useTranslation('promptEditor');
  const compose = composeContext.useStoreApi();
  const walkStore = promptWalkContext.useStoreApi();
  const isInField = (): boolean => field.current !== null && document.activeElement === field.current;

  const show = useCallback(
    (finding: PromptFinding): void => {
      if (field.current !== null) showRange(field.current, mirror.current, finding);
    },
    [field, mirror],
  );
  const showNext = (): void => {
    const caret = field.current?.selectionEnd ?? 0;
    const next = findings.find(({ start }) => start >= caret) ?? findings[0];
    if (next === undefined) {
      announce(t('findings.none'));
      return;
    }
    show(next);
    announce(findingWords(next, t));
  };
  const fix = useCallback(
    (fixed: readonly PromptFinding[]): void => {
      if (field.current === null) return;
      replaceAll(field.current, applyFixes(field.current.value, fixed));
      announce(t('findings.fixed'));
    },
    [field, t],
  );
  const fixHere = (): void => {
    const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
    const here = findings.find(({ start, end }) => start <= selectionEnd && end >= selectionStart);
    if (here === undefined || here.fix === null) announce(t('findings.noFix'));
    else fix([here]);
  };
  const weigh = (step: number): void => {
    const { current } = field;
    if (current === null) return;
    const { text, selectionStart, selectionEnd } = changeWeight(
      current.value,
      current.selectionStart,
      current.selectionEnd,
      step,
    );
    replaceAll(current, text);
    current.setSelectionRange(selectionStart, selectionEnd);
  };
  const walk = (way: 'older' | 'newer'): void => {
    const { older, newer } = walkStore.getState();
    if (field.current === null) return;
    const draft = { prompt: field.current.value, negativePrompt: compose.getState().draft.negativePrompt };
    void Promise.resolve(way === 'older' ? older(draft) : newer(draft)).then((found) => {
      if (found === null || field.current === null) return;
      replaceAll(field.current, found.prompt);
      compose.getState().change({ negativePrompt: found.negativePrompt });
    });
  };

  const inField = (name: string, keys: string, run: () => void): Action => ({
    name: `compose.${name}`,
    label: t(`actions.${name as 'heavier'}`),
    section: 'create',
    keys: [keys],
    when: isInField,
    hidden: true,
    run,
  });
  useActions([
    inField('heavier', 'Mod+ArrowUp', () => weigh(weightStep)),
    inField('lighter', 'Mod+ArrowDown', () => weigh(-weightStep)),
    // In a text field keys with Alt reach the field itself, which runs these.
    inField('olderPrompt', 'Alt+ArrowUp', () => walk('older')),
    inField('newerPrompt', 'Alt+ArrowDown', () => walk('newer')),
    { ...inField('nextFinding', 'F8', showNext), when: () => true, hidden: false },
    inField('fixFinding', 'Mod+Period', fixHere),
  ]);
  return { show, fix, walk };
}
