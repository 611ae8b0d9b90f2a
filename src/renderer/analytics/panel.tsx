import { useId, type ReactNode } from 'react';
import classes from './analytics-view.module.css';

interface PanelProps {
  readonly title: string;
  /** Beside the title: buttons and choices. */
  readonly tools?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** One part of the view, with its heading. */
export function Panel({ title, tools, wide = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} data-wide={wide || undefined} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id}>{title}</h2>
        {tools !== undefined && <div className={classes.tools}>{tools}</div>}
      </header>
      {children}
    </section>
  );
}
