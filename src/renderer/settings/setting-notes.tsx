import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import classes from './routing-settings.module.css';

/** That an environment variable decides this, and which. */
export function Overridden({ variable }: { readonly variable: string | null }) {
  const { t } = useTranslation('settings');
  if (variable === null) return null;
  return (
    <p className={classes.overridden}>
      <IconLock size={14} stroke={1.75} aria-hidden />
      {t('routing.overridden', { variable })}
    </p>
  );
}

/** That something could not be saved; what is shown is as before. */
export function NotSaved({ error }: { readonly error: ErrorReport | null }) {
  return <div role="alert">{error !== null && <ErrorNote error={error} />}</div>;
}
