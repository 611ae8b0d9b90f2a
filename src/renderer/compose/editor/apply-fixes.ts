import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';

/** The text with everything fixed that has a fix. Of two fixes that overlap, the later one waits for its own turn. */
export function applyFixes(text: string, findings: readonly Pick<PromptFinding, 'fix'>[]): string {
  const fixes = findings.flatMap(({ fix }) => fix ?? []).sort((one, other) => one.start - other.start);
  let fixed = '';
  let from = 0;
  for (const { start, end, replacement } of fixes) {
    if (start < from) continue;
    fixed += text.slice(from, start) + replacement;
    from = end;
  }
  return fixed + text.slice(from);
}
