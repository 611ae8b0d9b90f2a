import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageTabs } from '../ui/page-tabs.tsx';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { providersPages } from '../ui/stores/view-store.ts';
import { OllamaPage } from './ollama-page.tsx';
import { PictureServices } from './picture-services.tsx';
import classes from './providers-view.module.css';

/** Whom Easel works with: those who make pictures, and the language models that work on words. */
export function ProvidersView() {
  const { t } = useTranslation('providers');
  const page = viewContext.useStore((state) => state.providersPage);
  const { openProviders } = viewContext.useStoreApi().getState();
  return (
    <div className={classes.view}>
      <div className={classes.column}>
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
      </div>
    </div>
  );
}
