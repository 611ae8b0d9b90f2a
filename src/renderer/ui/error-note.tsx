import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { errorDetailLines } from './error-details.ts';
import { DisclosureButton } from './disclosure-button.tsx';
import classes from './error-note.module.css';
import { readRouteFailure } from './read-route-failure.ts';
import { RouteFailureList } from './route-failure.tsx';

interface ErrorNoteProps {
  readonly error: ErrorReport;
  /** What can be done about it: buttons. */
  readonly actions?: ReactNode;
  /** Without frame and icon, inside a card that has them. */
  readonly plain?: boolean;
  /** Who was tried and who was not is in sight without a click. */
  readonly listed?: boolean;
}

/** The rest of it names those who are listed below. */
const firstSentence = (message: string): string => /^.*?[.!?](?=\s|$)/su.exec(message)?.[0] ?? message;

/** An error in short words that opens to the provider's own. */
export function ErrorNote({ error, actions, plain = false, listed = false }: ErrorNoteProps) {
  const { t } = useTranslation('ui');
  const [open, { toggle }] = useDisclosure(false);
  const details = errorDetailLines(error);
  const failure = readRouteFailure(error);
  const isFolded = failure !== null && !listed;

  return (
    <div className={classes.note} data-plain={plain || undefined}>
      {!plain && <IconAlertTriangle className={classes.icon} size={16} aria-hidden />}
      <div className={classes.body}>
        <p className={classes.message}>{failure !== null && listed ? firstSentence(error.message) : error.message}</p>
        {failure !== null && listed && <RouteFailureList failure={failure} />}
        {(details.length > 0 || isFolded) && (
          <>
            <DisclosureButton open={open} onToggle={toggle}>
              {t('common.details')}
            </DisclosureButton>
            <Collapse expanded={open} transitionDuration={100}>
              {isFolded && <RouteFailureList failure={failure} />}
              {details.length > 0 && (
                <pre className={classes.details} tabIndex={0}>
                  {details.join('\n')}
                </pre>
              )}
            </Collapse>
          </>
        )}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
