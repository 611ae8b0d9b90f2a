import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import { editBetween, moveRange } from './text-edit.ts';

/** The findings of a text that was analysed, at their places in what was typed since. Those that were touched are left out. */
export function currentFindings(
  findings: readonly PromptFinding[],
  analysed: string,
  text: string,
): readonly PromptFinding[] {
  if (analysed === text) return findings;
  const edit = editBetween(analysed, text);
  return findings.flatMap((finding) => {
    const moved = moveRange(finding, edit);
    if (moved === null) return [];
    if (finding.fix === null) return [moved];
    const fix = moveRange(finding.fix, edit);
    return fix === null ? [] : [{ ...moved, fix }];
  });
}
