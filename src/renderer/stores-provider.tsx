import type { ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import { analyticsContext } from './analytics/analytics-context.ts';
import type { AnalyticsState } from './analytics/analytics-store.ts';
import type { ComparisonsState } from './comparison/comparisons-store.ts';
import type { ComposeState } from './compose/compose-store.ts';
import type { KeepGeneratingState } from './compose/keep-generating-store.ts';
import type { RouteState } from './compose/route-store.ts';
import type { StageState } from './compose/stage-store.ts';
import type { GalleryLookState } from './gallery/gallery-look-store.ts';
import type { GalleryState } from './gallery/gallery-store.ts';
import type { JobsState } from './ui/stores/jobs-store.ts';
import type { KeysState } from './ui/stores/keys-store.ts';
import type { ProvidersState } from './ui/stores/providers-store.ts';
import type { RecentState } from './ui/stores/recent-store.ts';
import type { RoutingStore } from './ui/stores/routing-store.ts';
import type { SettingsState } from './ui/stores/settings-store.ts';
import type { SystemState } from './ui/stores/system-store.ts';
import type { ViewState } from './ui/stores/view-store.ts';
import type { ViewerState } from './viewer/viewer-store.ts';
import { comparisonsContext } from './comparison/comparisons-context.ts';
import { composeContext, keepGeneratingContext, routeContext, stageContext } from './compose/compose-context.ts';
import { galleryContext, galleryLookContext } from './gallery/gallery-context.ts';
import {
  jobsContext,
  keysContext,
  providersContext,
  recentContext,
  routingContext,
  settingsContext,
  systemContext,
  viewContext,
} from './ui/stores/shared-stores.ts';
import { viewerContext } from './viewer/viewer-context.ts';

/** Every store of the page. */
export interface Stores {
  readonly system: StoreApi<SystemState>;
  readonly settings: StoreApi<SettingsState>;
  readonly keys: StoreApi<KeysState>;
  readonly providers: StoreApi<ProvidersState>;
  readonly routing: StoreApi<RoutingStore>;
  readonly jobs: StoreApi<JobsState>;
  readonly recent: StoreApi<RecentState>;
  readonly view: StoreApi<ViewState>;
  readonly compose: StoreApi<ComposeState>;
  readonly route: StoreApi<RouteState>;
  readonly keepGenerating: StoreApi<KeepGeneratingState>;
  readonly stage: StoreApi<StageState>;
  readonly gallery: StoreApi<GalleryState>;
  readonly galleryLook: StoreApi<GalleryLookState>;
  readonly comparisons: StoreApi<ComparisonsState>;
  readonly viewer: StoreApi<ViewerState>;
  readonly analytics: StoreApi<AnalyticsState>;
}

/** Gives the stores to the components. */
export function StoresProvider({ stores, children }: { readonly stores: Stores; readonly children: ReactNode }) {
  return (
    <systemContext.Provider value={stores.system}>
      <settingsContext.Provider value={stores.settings}>
        <keysContext.Provider value={stores.keys}>
          <providersContext.Provider value={stores.providers}>
            <routingContext.Provider value={stores.routing}>
              <jobsContext.Provider value={stores.jobs}>
                <recentContext.Provider value={stores.recent}>
                  <viewContext.Provider value={stores.view}>
                    <composeContext.Provider value={stores.compose}>
                      <routeContext.Provider value={stores.route}>
                        <keepGeneratingContext.Provider value={stores.keepGenerating}>
                          <stageContext.Provider value={stores.stage}>
                            <galleryContext.Provider value={stores.gallery}>
                              <galleryLookContext.Provider value={stores.galleryLook}>
                                <comparisonsContext.Provider value={stores.comparisons}>
                                  <viewerContext.Provider value={stores.viewer}>
                                    <analyticsContext.Provider value={stores.analytics}>
                                      {children}
                                    </analyticsContext.Provider>
                                  </viewerContext.Provider>
                                </comparisonsContext.Provider>
                              </galleryLookContext.Provider>
                            </galleryContext.Provider>
                          </stageContext.Provider>
                        </keepGeneratingContext.Provider>
                      </routeContext.Provider>
                    </composeContext.Provider>
                  </viewContext.Provider>
                </recentContext.Provider>
              </jobsContext.Provider>
            </routingContext.Provider>
          </providersContext.Provider>
        </keysContext.Provider>
      </settingsContext.Provider>
    </systemContext.Provider>
  );
}
