import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { promptsPages, type PromptsPage } from '../ui/stores/view-store.ts';
import { HistoryPage } from './history-page.tsx';
import classes from './prompts-view.module.css';
import { QueueListPage } from './queue-list-page.tsx';
import { SavedPage } from './saved-page.tsx';
import { WildcardsPage } from './wildcards-page.tsx';

const isPage = (name: string | null): name is PromptsPage => promptsPages.some((page) => page === name);

/** Every prompt that was sent, those that were kept, what fills them in, and many of them at once. */
export function PromptsView({ onOpen }: { readonly onOpen: (image: ImageSummary) => void }) {
  const { t } = useTranslation('prompts');
  const page = viewContext.useStore((state) => state.promptsPage);
  const { openPrompts } = viewContext.useStoreApi().getState();
  return (
    <div className={classes.view}>
      <h1 className={classes.title}>{t('title')}</h1>
      <Tabs
        className={classes.tabs}
        value={page}
        keepMounted={false}
        onChange={(next) => isPage(next) && openPrompts(next)}
      >
        <Tabs.List className={classes.tabList} aria-label={t('pages.label')}>
          {promptsPages.map((name) => (
            <Tabs.Tab key={name} value={name} className={classes.tab}>
              {t(`pages.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel className={classes.panel} value="history">
          <HistoryPage onOpen={onOpen} />
        </Tabs.Panel>
        <Tabs.Panel className={classes.panel} value="saved">
          <SavedPage />
        </Tabs.Panel>
        <Tabs.Panel className={classes.panel} value="wildcards">
          <WildcardsPage />
        </Tabs.Panel>
        <Tabs.Panel className={classes.panel} value="list">
          <QueueListPage />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
