import { useEffect } from 'react';
import { FirstRun } from './first-run/first-run.tsx';
import { LibraryProblem } from './first-run/library-problem.tsx';
import classes from './app.module.css';
import { useShortcuts } from './ui/actions/use-actions.ts';
import { shortcutsElsewhere } from './all-shortcuts.ts';
import { Announcer } from './ui/announcer.tsx';
import { Connecting, ConnectionBanner, SignedOut } from './ui/connection-pages.tsx';
import { HelpSheet } from './ui/help-sheet.tsx';
import { Palette } from './ui/palette.tsx';
import { showToast } from './ui/show-toast.tsx';
import { systemContext, viewContext } from './ui/stores/shared-stores.ts';
import { Shell } from './shell.tsx';

function Page() {
  const info = systemContext.useStore((state) => state.info);
  const connection = systemContext.useStore((state) => state.connection);
  if (connection === 'signedOut') return <SignedOut />;
  if (info === null) return <Connecting />;
  switch (info.library.state) {
    case 'setup':
      return <FirstRun />;
    case 'failed':
      return <LibraryProblem key={info.library.folder} />;
    case 'open':
      return <Shell />;
  }
}

/** Everything in the window. */
export function App() {
  const overlay = viewContext.useStore((state) => state.overlay);
  const { setOverlay } = viewContext.useStoreApi().getState();
  const connection = systemContext.useStore((state) => state.connection);
  const started = systemContext.useStore((state) => state.info !== null);
  const notices = systemContext.useStore((state) => state.info?.notices);
  const close = (): void => setOverlay('none');

  useShortcuts();
  useEffect(() => notices?.forEach((message) => showToast({ kind: 'info', message })), [notices]);

  return (
    <div className={classes.app}>
      {(connection === 'reconnecting' || connection === 'lost') && started && <ConnectionBanner />}
      <Page />
      {overlay === 'help' && <HelpSheet elsewhere={shortcutsElsewhere()} onClose={close} />}
      {overlay === 'palette' && <Palette onClose={close} />}
      <Announcer />
    </div>
  );
}
