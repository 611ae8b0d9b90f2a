import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageColumn } from '../ui/page-column.tsx';
import { PageTabs } from '../ui/page-tabs.tsx';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { providersPages } from '../ui/stores/view-store.ts';
import { OllamaPage } from './ollama-page.tsx';
import { PictureServices } from './picture-services.tsx';

/** Whom Easel works with: those who make pictures, and the language models that work on words. */
export function ProvidersView() {
  const { t } = useTranslation('providers');
  const page = viewContext.useStore((state) => state.providersPage);
  const { openProviders } = viewContext.useStoreApi().getState();
  return (
    <PageColumn width={1040}>
      <h1>{t('title')}</h1>
      <PageTabs
        label={t('pages.label')}
        pages={providersPages}
        titleOf={(name) => t(`pages.${name}`)}
        page={page}
        onOpen={openProviders}
      >
        <Tabs.Panel value="services">
          <PictureServices />
        </Tabs.Panel>
        <Tabs.Panel value="ollama">
          <OllamaPage />
        </Tabs.Panel>
      </PageTabs>
    </PageColumn>
  );
}
