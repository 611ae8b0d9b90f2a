import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { providersPages, type ProvidersPage } from '../ui/stores/view-store.ts';
import { OllamaPage } from './ollama-page.tsx';
import { PictureServices } from './picture-services.tsx';
import classes from './providers-view.module.css';

const isPage = (name: string | null): name is ProvidersPage => providersPages.some((page) => page === name);

/** Whom Easel works with: those who make pictures, and the language models that work on words. */
export function ProvidersView() {
  const { t } = useTranslation('providers');
  const page = viewContext.useStore((state) => state.providersPage);
  const { openProviders } = viewContext.useStoreApi().getState();
  return (
    <div className={classes.view}>
      <div className={classes.column}>
        <h1>{t('title')}</h1>
        <Tabs value={page} keepMounted={false} onChange={(next) => isPage(next) && openProviders(next)}>
          <Tabs.List className={classes.tabs} aria-label={t('pages.label')}>
            {providersPages.map((name) => (
              <Tabs.Tab key={name} value={name} className={classes.tab}>
                {t(`pages.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="services">
            <PictureServices />
          </Tabs.Panel>
          <Tabs.Panel value="ollama">
            <OllamaPage />
          </Tabs.Panel>
        </Tabs>
      </div>
    </div>
  );
}
