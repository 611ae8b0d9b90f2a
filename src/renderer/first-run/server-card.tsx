import type { ReactNode } from 'react';
import classes from './found-servers.module.css';

interface ServerCardProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly fact: string;
  readonly note: string;
  readonly children: ReactNode;
}

/** One line of the list: what it is, and what can be done. */
export function ServerCard({ icon, name, fact, note, children }: ServerCardProps) {
  return (
    <li className={classes.card}>
      <span className={classes.icon}>{icon}</span>
      <div className={classes.words}>
        <p className={classes.name}>
          {name} <span className={classes.fact}>{fact}</span>
        </p>
        <p className={classes.note}>{note}</p>
      </div>
      {children}
    </li>
  );
}
