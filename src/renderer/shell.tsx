import { Loader } from '@mantine/core';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Image, ImageSummary } from '../shared/models/image.ts';
import type { Job } from '../shared/models/job.ts';
import { ComparisonView } from './comparison/comparison-view.tsx';
import { composeContext, routeContext } from './compose/compose-context.ts';
import { CreateView } from './compose/create-view.tsx';
import { useKeepGeneratingAction } from './compose/use-keep-generating.ts';
import { galleryContext } from './gallery/gallery-context.ts';
import { GalleryView } from './gallery/gallery-view.tsx';
import { useViewerSource } from './gallery/use-viewer-source.ts';
import { translate } from './i18n/i18n.ts';
import { PromptsView } from './prompts/prompts-view.tsx';
import { ProvidersView } from './providers/providers-view.tsx';
import { QueueDrawer } from './queue/queue-drawer.tsx';
import { useJobNews } from './queue/use-job-news.ts';
import { useQueueActions } from './queue/use-queue-actions.ts';
import { SettingsView } from './settings/settings-view.tsx';
import classes from './app.module.css';
import { EditorProvider, type Editor } from './ui/editor-context.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import type { Recall } from './ui/recall.ts';
import { showToast } from './ui/show-toast.tsx';
import { recentContext, viewContext } from './ui/stores/shared-stores.ts';
import { TopBar } from './ui/top-bar.tsx';
import { useAppActions } from './ui/use-app-actions.ts';
import { useWindowTitle } from './ui/use-window-title.ts';
import { Viewer } from './viewer/viewer.tsx';

/** Its charts weigh more than all the rest: they come when somebody looks at them. */
const AnalyticsView = lazy(() =>
  import('./analytics/analytics-view.tsx').then((module) => ({ default: module.AnalyticsView })),
);

/** The features side by side. They know nothing of each other: what one does to another goes through here. */
export function Shell() {
  const view = viewContext.useStore((state) => state.view);
  const queueOpen = viewContext.useStore((state) => state.queueOpen);
  const { go, setQueueOpen } = viewContext.useStoreApi().getState();
  const gallery = galleryContext.useStoreApi();
  const compose = composeContext.useStoreApi();
  const routes = routeContext.useStoreApi();
  const recent = recentContext.useStoreApi();
  const source = useViewerSource();
  const [viewed, setViewed] = useState<number | null>(null);

  useAppActions();
  useQueueActions();
  useKeepGeneratingAction();
  useWindowTitle();
  useJobNews(
    useCallback(
      (job: Job) => {
        // On these views the failure is in plain sight; where models are compared, its words would name one.
        if (view === 'create' || view === 'compare' || job.error === null) return;
        const show = { label: translate('ui:common.show'), run: () => setQueueOpen(true) };
        showToast({ kind: 'error', error: job.error, action: show });
      },
      [view, setQueueOpen],
    ),
  );

  const open = async (image: Pick<ImageSummary, 'id' | 'sequence'>): Promise<void> => {
    const index = await gallery.getState().indexOf(image);
    if (index !== null) setViewed(index);
  };
  const showImage = (id: string): void => {
    const image = recent.getState().images.find((known) => known.id === id);
    if (image !== undefined) void open(image);
  };
  const recall = (image: Image, what: Recall): void => {
    compose.getState().applyRecall(image, what);
    setViewed(null);
    go('create');
  };
  const useAsReference = (image: Image): void => {
    void compose.getState().takeReference(image.id);
    setViewed(null);
    go('create');
  };

  const editor = useMemo(
    (): Editor => ({
      take: ({ options, ...words }) => {
        compose.getState().takeWords({ ...words, promptOptions: options });
        setViewed(null);
        go('create');
      },
      words: () => {
        const { prompt, negativePrompt, promptOptions: options } = compose.getState().draft;
        return { prompt, negativePrompt, options };
      },
      request: () => routes.getState().plan.request,
    }),
    [compose, routes, go],
  );

  return (
    <EditorProvider value={editor}>
      <TopBar />
      <div className={classes.body}>
        <main className={classes.main}>
          <ErrorBoundary key={view}>
            {view === 'create' && (
              <CreateView
                onOpen={(image) => void open(image)}
                onTrash={(image) => void gallery.getState().trash([image.id])}
                onShowGallery={() => go('gallery')}
              />
            )}
            {view === 'gallery' && <GalleryView onOpen={setViewed} onCreate={() => go('create')} />}
            {view === 'prompts' && <PromptsView onOpen={(image) => void open(image)} />}
            {view === 'compare' && <ComparisonView />}
            {view === 'providers' && <ProvidersView />}
            {view === 'costs' && (
              <Suspense fallback={<Loader m="xl" size="sm" color="gray" aria-label={translate('analytics:loading')} />}>
                <AnalyticsView onCreate={() => go('create')} />
              </Suspense>
            )}
            {view === 'settings' && <SettingsView />}
          </ErrorBoundary>
        </main>
        {queueOpen && <QueueDrawer onClose={() => setQueueOpen(false)} onShowImage={showImage} />}
      </div>
      {viewed !== null && (
        <Viewer
          source={source}
          index={viewed}
          onIndex={setViewed}
          onClose={() => setViewed(null)}
          onRecall={recall}
          onUseAsReference={useAsReference}
        />
      )}
    </EditorProvider>
  );
}
