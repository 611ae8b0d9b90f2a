import { useEffect, useMemo, useState } from 'react';
import { analysePrompt, type PromptAnalysis } from '../../../shared/prompt-text/analyse-prompt.ts';
import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import { currentFindings } from './current-findings.ts';

/** Since the last key. */
const pauseMs = 120;

interface ShownAnalysis {
  /** Of the prompt as it stood at the last pause. */
  readonly analysis: PromptAnalysis | null;
  /** At their places in the prompt as it stands now. */
  readonly findings: readonly PromptFinding[];
}

/** Where the browser has none, the pause is enough. */
function whenIdle(run: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    run();
    return () => undefined;
  }
  const id = requestIdleCallback(run, { timeout: 1000 });
  return () => cancelIdleCallback(id);
}

/** What can be said about a prompt, found out in the pauses of typing. A list that is null: nobody knows which there are. */
export function usePromptAnalysis(
  prompt: string,
  knownLoras: readonly string[] | null,
  knownWildcards: readonly string[] | null,
): ShownAnalysis {
  const [known, setKnown] = useState<{ prompt: string; analysis: PromptAnalysis } | null>(null);

  useEffect(() => {
    let stopIdle: () => void = () => undefined;
    const timer = setTimeout(() => {
      stopIdle = whenIdle(() => setKnown({ prompt, analysis: analysePrompt(prompt, { knownLoras, knownWildcards }) }));
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stopIdle();
    };
  }, [prompt, knownLoras, knownWildcards]);

  return useMemo(() => {
    if (known === null || prompt === '') return { analysis: null, findings: [] };
    return {
      analysis: known.analysis,
      findings: currentFindings(known.analysis.findings, known.prompt, prompt),
    };
  }, [known, prompt]);
}
