import type { ReactNode } from 'react';
import { Logo } from '../ui/logo.tsx';
import classes from './setup-page.module.css';

interface SetupPageProps {
  readonly title: string;
  readonly intro: ReactNode;
  readonly children: ReactNode;
}

/** A calm page of its own, before there is a library to show. */
export function SetupPage({ title, intro, children }: SetupPageProps) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <header className={classes.head}>
          <Logo size={48} />
          <div>
            <h1 className={classes.title}>{title}</h1>
            <div className={classes.intro}>{intro}</div>
          </div>
        </header>
        {children}
      </div>
    </main>
  );
}
