import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import type { ProtectedPart } from '../../../shared/prompt-text/protected-parts.ts';

/** How a piece of the prompt is marked: by what was found in it, or as kept word for word. */
export type Mark = PromptFinding['kind'] | 'locked';

export interface MarkedPiece {
  readonly text: string;
  readonly mark: Mark | null;
}

/** The text in pieces, in order and complete. Where marks overlap, the first one that was found wins. */
export function markPieces(
  text: string,
  findings: readonly Pick<PromptFinding, 'kind' | 'start' | 'end'>[],
  locked: readonly Pick<ProtectedPart, 'start' | 'end'>[],
): MarkedPiece[] {
  const marks = [
    ...findings.map(({ kind, start, end }) => ({ mark: kind, start, end })),
    ...locked.map(({ start, end }) => ({ mark: 'locked' as const, start, end })),
  ].sort((one, other) => one.start - other.start);
  const pieces: MarkedPiece[] = [];
  let from = 0;
  for (const { mark, start, end } of marks) {
    if (start < from || end <= start || start >= text.length) continue;
    if (start > from) pieces.push({ text: text.slice(from, start), mark: null });
    pieces.push({ text: text.slice(start, end), mark });
    from = Math.min(end, text.length);
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mark: null });
  return pieces;
}
