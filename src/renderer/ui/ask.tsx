import { Button } from '@mantine/core';
import classes from './ask.module.css';

interface AskProps {
  /** What would happen, in a sentence or two. */
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks in place before something that can't be undone. The keyboard begins at "no"; Escape is "no" as well. */
export function Ask({ question, yes, no, onYes, onNo }: AskProps) {
  return (
    <div
      className={classes.ask}
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onNo();
      }}
    >
      <p>{question}</p>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" autoFocus onClick={onNo}>
          {no}
        </Button>
        <Button size="xs" variant="default" className={classes.yes} onClick={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}
