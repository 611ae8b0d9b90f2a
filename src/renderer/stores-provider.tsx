import type { Provider, ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import { analyticsContext } from './analytics/analytics-context.ts';
import type { AnalyticsState } from './analytics/analytics-store.ts';
import type { ComparisonsState } from './comparison/comparisons-store.ts';
import type { ComposeState } from './compose/compose-store.ts';
import type { AssistantState } from './compose/editor/assistant-store.ts';
import type { DrawPreviewState } from './compose/editor/draw-preview-store.ts';
import type { PromptWalkState } from './compose/editor/prompt-walk-store.ts';
import type { StylesState } from './compose/editor/styles-store.ts';
import type { WildcardNamesState } from './compose/editor/wildcard-names-store.ts';
import type { KeepGeneratingState } from './compose/keep-generating-store.ts';
import type { RouteState } from './compose/route-store.ts';
import type { StageState } from './compose/stage-store.ts';
import type { GalleryLookState } from './gallery/gallery-look-store.ts';
import type { GalleryState } from './gallery/gallery-store.ts';
import type { HistoryState } from './prompts/history-store.ts';
import { historyContext, queueListContext, savedContext, wildcardsContext } from './prompts/prompts-context.ts';
import type { QueueListState } from './prompts/queue-list-store.ts';
import type { SavedState } from './prompts/saved-store.ts';
import type { WildcardsState } from './prompts/wildcards-store.ts';
import { ollamaContext } from './providers/ollama-context.ts';
import type { OllamaState } from './providers/ollama-store.ts';
import type { JobsState } from './ui/stores/jobs-store.ts';
import type { KeysState } from './ui/stores/keys-store.ts';
import type { ProvidersState } from './ui/stores/providers-store.ts';
import type { RecentState } from './ui/stores/recent-store.ts';
import type { RoutingStore } from './ui/stores/routing-store.ts';
import type { SettingsState } from './ui/stores/settings-store.ts';
import type { SystemState } from './ui/stores/system-store.ts';
import type { ViewState } from './ui/stores/view-store.ts';
import type { AltTextState } from './viewer/alt-text-store.ts';
import type { ViewerState } from './viewer/viewer-store.ts';
import { comparisonsContext } from './comparison/comparisons-context.ts';
import { composeContext, keepGeneratingContext, routeContext, stageContext } from './compose/compose-context.ts';
import {
  assistantContext,
  drawPreviewContext,
  promptWalkContext,
  stylesContext,
  wildcardNamesContext,
} from './compose/editor/editor-context.ts';
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
import { altTextContext, viewerContext } from './viewer/viewer-context.ts';

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
  readonly promptWalk: StoreApi<PromptWalkState>;
  readonly drawPreview: StoreApi<DrawPreviewState>;
  readonly assistant: StoreApi<AssistantState>;
  readonly styles: StoreApi<StylesState>;
  readonly wildcardNames: StoreApi<WildcardNamesState>;
  readonly route: StoreApi<RouteState>;
  readonly keepGenerating: StoreApi<KeepGeneratingState>;
  readonly stage: StoreApi<StageState>;
  readonly gallery: StoreApi<GalleryState>;
  readonly galleryLook: StoreApi<GalleryLookState>;
  readonly comparisons: StoreApi<ComparisonsState>;
  readonly viewer: StoreApi<ViewerState>;
  readonly altText: StoreApi<AltTextState>;
  readonly analytics: StoreApi<AnalyticsState>;
  readonly ollama: StoreApi<OllamaState>;
  readonly promptHistory: StoreApi<HistoryState>;
  readonly savedPrompts: StoreApi<SavedState>;
  readonly promptList: StoreApi<QueueListState>;
  readonly wildcards: StoreApi<WildcardsState>;
}

interface StoreContext<State> {
  readonly Provider: Provider<StoreApi<State> | null>;
}
type Layer = (inner: ReactNode) => ReactNode;

function layer<State>({ Provider }: StoreContext<State>, store: StoreApi<State>): Layer {
  return (inner) => <Provider value={store}>{inner}</Provider>;
}

/** Gives the stores to the components. */
export function StoresProvider({ stores, children }: { readonly stores: Stores; readonly children: ReactNode }) {
  const layers = [
    layer(systemContext, stores.system),
    layer(settingsContext, stores.settings),
    layer(keysContext, stores.keys),
    layer(providersContext, stores.providers),
    layer(routingContext, stores.routing),
    layer(jobsContext, stores.jobs),
    layer(recentContext, stores.recent),
    layer(viewContext, stores.view),
    layer(composeContext, stores.compose),
    layer(promptWalkContext, stores.promptWalk),
    layer(drawPreviewContext, stores.drawPreview),
    layer(assistantContext, stores.assistant),
    layer(stylesContext, stores.styles),
    layer(wildcardNamesContext, stores.wildcardNames),
    layer(routeContext, stores.route),
    layer(keepGeneratingContext, stores.keepGenerating),
    layer(stageContext, stores.stage),
    layer(galleryContext, stores.gallery),
    layer(galleryLookContext, stores.galleryLook),
    layer(comparisonsContext, stores.comparisons),
    layer(viewerContext, stores.viewer),
    layer(altTextContext, stores.altText),
    layer(analyticsContext, stores.analytics),
    layer(ollamaContext, stores.ollama),
    layer(historyContext, stores.promptHistory),
    layer(savedContext, stores.savedPrompts),
    layer(queueListContext, stores.promptList),
    layer(wildcardsContext, stores.wildcards),
  ];
  return layers.reduceRight<ReactNode>((inner, wrap) => wrap(inner), children);
}
