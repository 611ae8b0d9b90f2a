import { useTranslation } from 'react-i18next';
import { useActions } from './actions/use-actions.ts';
import { settingsContext, viewContext } from './stores/shared-stores.ts';

/** What can be done from anywhere: go, show, help. */
export function useAppActions(): void {
  const { t } = useTranslation('ui');
  const { go, openProviders, openPrompts, openSettings, searchPrompts, toggleCompose, setOverlay, setQueueOpen } =
    viewContext.useStoreApi().getState();
  const queueOpen = viewContext.useStore((state) => state.queueOpen);
  const view = viewContext.useStore((state) => state.view);
  const { update } = settingsContext.useStoreApi().getState();
  const section = 'everywhere' as const;

  useActions([
    { name: 'app.create', label: t('actions.goCreate'), section, keys: ['Mod+Digit1'], run: () => go('create') },
    { name: 'app.gallery', label: t('actions.goGallery'), section, keys: ['Mod+Digit2'], run: () => go('gallery') },
    { name: 'app.prompts', label: t('actions.goPrompts'), section, keys: ['Mod+Digit3'], run: () => go('prompts') },
    {
      name: 'app.searchPrompts',
      label: t('actions.searchPrompts'),
      section,
      keys: ['Mod+Shift+KeyF'],
      run: searchPrompts,
    },
    ...(['saved', 'wildcards', 'list'] as const).map((page) => ({
      name: `app.prompts.${page}`,
      label: t(`actions.goPromptsPage.${page}`),
      section,
      keys: [],
      run: () => openPrompts(page),
    })),
    { name: 'app.compare', label: t('actions.goCompare'), section, keys: ['Mod+Digit4'], run: () => go('compare') },
    {
      name: 'app.providers',
      label: t('actions.goProviders'),
      section,
      keys: ['Mod+Digit5'],
      run: () => go('providers'),
    },
    { name: 'app.ollama', label: t('actions.goOllama'), section, keys: [], run: () => openProviders('ollama') },
    { name: 'app.costs', label: t('actions.goCosts'), section, keys: ['Mod+Digit6'], run: () => go('costs') },
    {
      name: 'app.settings',
      label: t('actions.goSettings'),
      section,
      keys: ['Mod+Digit7', 'Mod+Comma'],
      run: () => go('settings'),
    },
    ...(['routing', 'prices'] as const).map((page) => ({
      name: `app.settings.${page}`,
      label: t(`actions.goSettingsPage.${page}`),
      section,
      keys: [],
      run: () => openSettings(page),
    })),
    {
      name: 'app.queue',
      label: t('actions.toggleQueue'),
      section,
      keys: ['KeyQ'],
      run: () => setQueueOpen(!queueOpen),
    },
    {
      name: 'app.prompt',
      label: t('actions.togglePanel'),
      section,
      keys: ['KeyT'],
      when: () => view === 'create',
      run: toggleCompose,
    },
    {
      name: 'app.theme',
      label: t('actions.toggleTheme'),
      section,
      keys: [],
      run: () => {
        const dark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark';
        void update({ theme: dark ? 'light' : 'dark' });
      },
    },
    {
      name: 'app.palette',
      label: t('actions.palette'),
      section,
      keys: ['Mod+KeyK'],
      hidden: true,
      run: () => setOverlay('palette'),
    },
    { name: 'app.help', label: t('actions.help'), section, keys: ['?', 'F1'], run: () => setOverlay('help') },
  ]);
}
