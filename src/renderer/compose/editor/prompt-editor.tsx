import { Input } from '@mantine/core';
import { useDeferredValue, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { promptHabits } from '../../../shared/prompt-text/prompt-habits.ts';
import { protectedParts } from '../../../shared/prompt-text/protected-parts.ts';
import { useCompose } from '../use-compose.ts';
import { AnalysisLine } from './analysis-line.tsx';
import { CompletionList } from './completion-list.tsx';
import { PromptBox } from './prompt-box.tsx';
import classes from './prompt-editor.module.css';
import { PromptHelp } from './prompt-help.tsx';
import { markPieces } from './prompt-marks.ts';
import { useCompletion } from './use-completion.ts';
import { useEditorActions } from './use-editor-actions.ts';
import { useKnownWildcards } from './use-known-wildcards.ts';
import { usePromptAnalysis } from './use-prompt-analysis.ts';
import { useTypedPrompt } from './use-typed-prompt.ts';

const none: readonly string[] = [];

interface PromptEditorProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** What is wrong with the length, if something is. */
  readonly error: string | null;
  readonly description: string | null;
}

/** The prompt, with what can be said and done about it. */
export function PromptEditor({ field, error, description }: PromptEditorProps) {
  const { t } = useTranslation('compose');
  const { draft, chosen } = useCompose();
  const { text: prompt, write, settle } = useTypedPrompt();
  const mirror = useRef<HTMLDivElement>(null);
  const { locked } = draft.promptOptions;
  const loras = chosen?.model.choices.loras ?? none;

  const { analysis, findings } = usePromptAnalysis(prompt, loras.length > 0 ? loras : null, useKnownWildcards(prompt));
  const pieces = useMemo(() => {
    const kept = locked.length === 0 ? [] : protectedParts(prompt, locked).filter(({ kind }) => kind === 'locked');
    return markPieces(prompt, findings, kept);
  }, [prompt, findings, locked]);
  const completion = useCompletion(field, loras);
  const { show, fix, walk } = useEditorActions(field, mirror, findings);
  const listed = useDeferredValue(findings);

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || completion.keyDown(event)) return;
    const isWalk = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isWalk || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    walk(event.key === 'ArrowUp' ? 'older' : 'newer');
  };
  const leave = (): void => {
    completion.close();
    settle();
  };

  return (
    <div className={classes.editor}>
      <Input.Wrapper
        label={t('prompt')}
        error={error}
        description={description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        labelElement="label"
      >
        <PromptBox
          field={field}
          mirror={mirror}
          value={prompt}
          pieces={pieces}
          isWrong={error !== null}
          completion={completion}
          onChange={(text) => {
            write(text);
            completion.typed();
          }}
          onKeyDown={keyDown}
          onBlur={leave}
        />
      </Input.Wrapper>
      <CompletionList mirror={mirror} completion={completion} />
      {analysis !== null && (
        <AnalysisLine
          analysis={analysis}
          findings={listed}
          family={chosen === null ? 'natural' : promptHabits(chosen.model).family}
          onShow={show}
          onFix={fix}
        />
      )}
      <PromptHelp field={field} />
    </div>
  );
}
