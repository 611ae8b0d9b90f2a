import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from '../ui/error-note.tsx';

/** How the reading of a list stands: why it failed, with a way to try again, or that it is under way. */
export function ReadState({
  error,
  isLoaded,
  load,
}: {
  readonly error: ErrorReport | null;
  readonly isLoaded: boolean;
  readonly load: () => Promise<void>;
}) {
  const { t } = useTranslation('prompts');
  if (error !== null) {
    const again = (
      <Button size="xs" variant="default" onClick={() => void load()}>
        {t('tryAgain')}
      </Button>
    );
    return <ErrorNote error={error} actions={again} />;
  }
  return isLoaded ? null : <Loader m="xl" size="sm" color="gray" aria-label={t('loading')} />;
}
