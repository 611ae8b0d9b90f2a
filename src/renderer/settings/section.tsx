import { useId, type ReactNode } from 'react';
import classes from './settings-view.module.css';

interface SectionProps {
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly text?: string;
  readonly children: ReactNode;
}

/** A part of the settings under its heading. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {text !== undefined && <p className={classes.dim}>{text}</p>}
      {children}
    </section>
  );
}
