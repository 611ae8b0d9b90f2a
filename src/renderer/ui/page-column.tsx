import type { ReactNode } from 'react';
import classes from './page-column.module.css';

interface PageColumnProps {
  /** The widest that it gets, in pixels. */
  readonly width: number;
  readonly children: ReactNode;
}

/** A view that is one column in the middle, and scrolls as a whole. */
export function PageColumn({ width, children }: PageColumnProps) {
  return (
    <div className={classes.scroller}>
      <div className={classes.column} style={{ maxWidth: width }}>
        {children}
      </div>
    </div>
  );
}
