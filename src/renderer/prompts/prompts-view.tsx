import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { PageTabs } from '../ui/page-tabs.tsx';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { promptsPages } from '../ui/stores/view-store.ts';
import { HistoryPage } from './history-page.tsx';
import classes from './prompts-view.module.css';
import { QueueListPage } from './queue-list-page.tsx';
import { SavedPage } from './saved-page.tsx';
import { WildcardsPage } from './wildcards-page.tsx';

/** Every prompt that was sent, those that were kept, what fills them in, and many of them at once. */
export function PromptsView({ onOpen }: { readonly onOpen: (image: ImageSummary) => void }) {
  const { t } = useTranslation('prompts');
  const page = viewContext.useStore((state) => state.promptsPage);
  const { openPrompts } = viewContext.useStoreApi().getState();
  return (
    <div className={classes.view}>
      <h1 className={classes.title}>{t('title')}</h1>
      <PageTabs
        className={classes.tabs}
        listClassName={classes.tabList}
        label={t('pages.label')}
        pages={promptsPages}
        titleOf={(name) => t(`pages.${name}`)}
        page={page}
        onOpen={openPrompts}
      >
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
      </PageTabs>
    </div>
  );
}
