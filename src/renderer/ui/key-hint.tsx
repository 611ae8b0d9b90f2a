import { keyLabels } from './actions/key-combination.ts';
import { isMac } from './is-mac.ts';
import classes from './key-hint.module.css';

interface KeyHintProps {
  /** A key combination, `Mod+Enter`. */
  readonly keys: string;
  /** Where the keys are the content. On a button they are decoration: it has `aria-keyshortcuts`. */
  readonly spoken?: boolean;
}

/** Draws a key combination: Ctrl Enter. */
export function KeyHint({ keys, spoken = false }: KeyHintProps) {
  return (
    <span className={classes.keys} aria-hidden={!spoken}>
      {keyLabels(keys, isMac).map((label) => (
        <kbd key={label} className={classes.key}>
          {label}
        </kbd>
      ))}
    </span>
  );
}
