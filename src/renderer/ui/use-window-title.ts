import { useDocumentTitle } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { jobsContext } from './stores/shared-stores.ts';

/** "(2) Easel" while two jobs are under way. */
export function useWindowTitle(): void {
  const { t } = useTranslation('ui');
  const count = jobsContext.useStore(({ queue }) => queue.queued + queue.running);
  useDocumentTitle(count > 0 ? `(${count}) ${t('name')}` : t('name'));
}
