import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.layer.css';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAnalyticsStore } from './analytics/analytics-store.ts';
import { App } from './app.tsx';
import { connect, type Client } from './backend/client.ts';
import { startLiveUpdates } from './backend/live-updates.ts';
import { downloadImage } from './backend/download-image.ts';
import { readError } from './backend/read-error.ts';
import { createRetryWait } from './backend/retry-wait.ts';
import { saveTextFile } from './backend/save-text-file.ts';
import { uploadInput } from './backend/upload-input.ts';
import { createComparisonsStore } from './comparison/comparisons-store.ts';
import { createComposeStore } from './compose/compose-store.ts';
import { createAssistantStore } from './compose/editor/assistant-store.ts';
import { createDrawPreviewStore } from './compose/editor/draw-preview-store.ts';
import { createPromptWalkStore } from './compose/editor/prompt-walk-store.ts';
import { createStylesStore } from './compose/editor/styles-store.ts';
import { createWildcardNamesStore } from './compose/editor/wildcard-names-store.ts';
import { createKeepGeneratingStore } from './compose/keep-generating-store.ts';
import { randomSeed } from './compose/random-seed.ts';
import { createRouteStore } from './compose/route-store.ts';
import { createStageStore } from './compose/stage-store.ts';
import { createGalleryLookStore } from './gallery/gallery-look-store.ts';
import { createGalleryStore } from './gallery/gallery-store.ts';
import { translate } from './i18n/i18n.ts';
import { createLoader } from './load-stores.ts';
import { createHistoryStore } from './prompts/history-store.ts';
import { createQueueListStore } from './prompts/queue-list-store.ts';
import { createSavedStore } from './prompts/saved-store.ts';
import { createWildcardsStore } from './prompts/wildcards-store.ts';
import { createOllamaStore } from './providers/ollama-store.ts';
import './theme/base.css';
import { ColourScheme } from './theme/colour-scheme.tsx';
import { StoresProvider, type Stores } from './stores-provider.tsx';
import { resolveVariables, theme } from './theme/theme.ts';
import './theme/tokens.css';
import { announce } from './ui/announcer.tsx';
import { createRateImages } from './ui/rate-images.ts';
import { mostToasts, showToast as notify } from './ui/show-toast.tsx';
import { createJobsStore } from './ui/stores/jobs-store.ts';
import { createKeysStore } from './ui/stores/keys-store.ts';
import { createProvidersStore } from './ui/stores/providers-store.ts';
import { createRecentStore } from './ui/stores/recent-store.ts';
import { createRoutingStore } from './ui/stores/routing-store.ts';
import { createSettingsStore } from './ui/stores/settings-store.ts';
import { createSystemStore } from './ui/stores/system-store.ts';
import { createViewStore } from './ui/stores/view-store.ts';
import { createAltTextStore } from './viewer/alt-text-store.ts';
import { createViewerStore } from './viewer/viewer-store.ts';

declare global {
  interface Window {
    /** Read by the library that locks scrolling behind dialogues, which adds a <style>. */
    __webpack_nonce__?: string;
  }
}

/** The wait between two tries to reach the program. */
const retries = createRetryWait();

function makeStores(client: Client): Stores {
  const providers = createProvidersStore({ client, notify });
  const jobs = createJobsStore({ client, notify });
  const routing = createRoutingStore({ client, notify });
  const rateImages = createRateImages({
    rate: client.library.rate,
    notify,
    complain: (error) => notify({ kind: 'error', error: readError(error) }),
  });
  const compose = createComposeStore({
    client,
    upload: uploadInput,
    download: downloadImage,
    providers: () => providers.getState().providers,
    routing: () => routing.getState().routing,
    now: Date.now,
    storage: localStorage,
    notify,
  });
  return {
    system: createSystemStore({ client, tryNow: retries.tryNow, now: Date.now }),
    settings: createSettingsStore({ client, notify }),
    keys: createKeysStore({ client, notify, saveFile: saveTextFile }),
    providers,
    routing,
    jobs,
    recent: createRecentStore({ client }),
    view: createViewStore(localStorage),
    compose,
    promptWalk: createPromptWalkStore({ client, notify }),
    drawPreview: createDrawPreviewStore({ client, compose, randomSeed }),
    assistant: createAssistantStore({ client }),
    styles: createStylesStore({ client, notify, saveFile: saveTextFile }),
    wildcardNames: createWildcardNamesStore({ client }),
    route: createRouteStore({ compose, providers, routing, now: Date.now }),
    keepGenerating: createKeepGeneratingStore({
      generate: compose.getState().generate,
      jobs: { now: () => jobs.getState().jobs, subscribe: jobs.subscribe },
      notify,
      announce,
    }),
    stage: createStageStore({ client }),
    gallery: createGalleryStore({ client, rateImages, notify }),
    galleryLook: createGalleryLookStore(localStorage),
    comparisons: createComparisonsStore({ client, notify }),
    viewer: createViewerStore({ client, rateImages, notify }),
    altText: createAltTextStore({ client }),
    analytics: createAnalyticsStore({ client, notify, saveFile: saveTextFile }),
    ollama: createOllamaStore({ client, notify }),
    promptHistory: createHistoryStore({ client, notify }),
    savedPrompts: createSavedStore({ client, notify, saveFile: saveTextFile }),
    promptList: createQueueListStore({ client, notify }),
    wildcards: createWildcardsStore({ client, notify }),
  };
}

function follow(client: Client, stores: Stores): void {
  const { system, settings, keys, providers, routing, jobs, recent, gallery, viewer, comparisons, wildcardNames } =
    stores;
  const { loadAll, libraryChanged } = createLoader(stores, (error, run) =>
    notify({ kind: 'error', error: readError(error), action: { label: translate('ui:connection.tryAgain'), run } }),
  );
  startLiveUpdates({
    events: ({ signal }) => client.system.events(undefined, { signal }),
    loadAll,
    onConnection: system.getState().setConnection,
    wait: retries.wait,
    handlers: {
      jobChanged: ({ job }) => jobs.getState().jobChanged(job),
      jobsRemoved: ({ ids }) => jobs.getState().jobsRemoved(ids),
      jobProgress: ({ progress }) => jobs.getState().jobProgress(progress),
      queueChanged: ({ queue }) => jobs.getState().queueChanged(queue),
      imageAdded: ({ image }) => {
        recent.getState().imageAdded(image);
        gallery.getState().imageAdded(image);
      },
      imagesRemoved: ({ images }) => {
        recent.getState().imagesRemoved(images.map(({ id }) => id));
        gallery.getState().imagesRemoved(images);
      },
      imagesRestored: ({ images }) => {
        recent.getState().imagesRestored(images);
        gallery.getState().imagesRestored(images);
      },
      imagesChanged: ({ images }) => {
        recent.getState().imagesChanged(images);
        gallery.getState().imagesChanged(images);
        viewer.getState().imagesChanged(images);
      },
      // No view shows trainings; the model that comes of one arrives with `providerChanged`.
      trainingChanged: () => undefined,
      providerChanged: ({ provider }) => providers.getState().providerChanged(provider),
      // What a provider's card shows of its keys comes with `providerChanged`.
      keysChanged: (storage) => keys.getState().keysChanged(storage),
      settingsChanged: ({ settings: changed }) => settings.getState().settingsChanged(changed),
      routingChanged: (event) => routing.getState().routingChanged(event.routing),
      healthChanged: ({ health }) => routing.getState().healthChanged(health),
      comparisonChanged: ({ comparison }) => comparisons.getState().comparisonChanged(comparison),
      libraryChanged: () => {
        void libraryChanged();
        void wildcardNames.getState().load();
      },
    },
  });
}

async function start(root: HTMLElement): Promise<void> {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="easel-nonce"]')?.content ?? '';
  window.__webpack_nonce__ = nonce;
  const client = await connect(window);
  const stores = makeStores(client);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolveVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <StoresProvider stores={stores}>
          <ColourScheme />
          <Notifications position="bottom-right" limit={mostToasts} transitionDuration={100} containerWidth={400} />
          <App />
        </StoresProvider>
      </MantineProvider>
    </StrictMode>,
  );
  follow(client, stores);
}

const root = document.getElementById('root');
if (root !== null) void start(root);
