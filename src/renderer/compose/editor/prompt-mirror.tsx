import { memo, type RefObject } from 'react';
import type { MarkedPiece } from './prompt-marks.ts';
import classes from './prompt-box.module.css';

/**
 * The prompt once more behind its text field, line by line in the same place: it gives the field its height, carries the
 * underlines and knows where on the screen a letter is. The one blank at the end is for a last line that is empty.
 */
export const PromptMirror = memo(function PromptMirror({
  mirror,
  pieces,
}: {
  readonly mirror: RefObject<HTMLDivElement | null>;
  readonly pieces: readonly MarkedPiece[];
}) {
  return (
    <div ref={mirror} className={classes.mirror} aria-hidden>
      {pieces.map(({ text, mark }, index) => (
        <span key={index} data-mark={mark ?? undefined}>
          {text}
        </span>
      ))}{' '}
    </div>
  );
});
