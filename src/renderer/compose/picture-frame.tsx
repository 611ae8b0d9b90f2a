import type { ReactNode } from 'react';
import classes from './picture-frame.module.css';

interface PictureFrameProps {
  /** The picture, as large as there is room. */
  readonly children: ReactNode;
  /** One line below it, always of the same height, so that nothing jumps. */
  readonly status: ReactNode;
}

/** The easel itself: a picture with a line below. */
export function PictureFrame({ children, status }: PictureFrameProps) {
  return (
    <>
      <div className={classes.area}>{children}</div>
      <div className={classes.status}>{status}</div>
    </>
  );
}
