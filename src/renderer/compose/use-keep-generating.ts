import { useTranslation } from 'react-i18next';
import { useActions } from '../ui/actions/use-actions.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { keepGeneratingContext, stageContext } from './compose-context.ts';

export const keepGeneratingKeys = 'Mod+Alt+Enter';

interface KeepGenerating {
  readonly on: boolean;
  /** Jobs that ended well since it was switched on. */
  readonly done: number;
  readonly toggle: () => void;
}

/** Generate forever, and the end of it. */
export function useKeepGenerating(): KeepGenerating {
  const on = keepGeneratingContext.useStore((state) => state.on);
  const done = keepGeneratingContext.useStore((state) => state.done);
  const { start, stop } = keepGeneratingContext.useStoreApi().getState();
  const { follow } = stageContext.useStoreApi().getState();

  const toggle = (): void => {
    if (on) {
      stop();
      return;
    }
    // Whoever asks for pictures wants to see them come.
    follow();
    start();
  };
  return { on, done, toggle };
}

/** It is begun where pictures are made and can be stopped from anywhere. Called once, by the shell. */
export function useKeepGeneratingAction(): void {
  const { t } = useTranslation('compose');
  const { on, toggle } = useKeepGenerating();
  const view = viewContext.useStore((state) => state.view);
  const open = viewContext.useStore((state) => state.composeOpen);
  const { toggleCompose } = viewContext.useStoreApi().getState();

  useActions([
    {
      name: 'compose.keepGenerating',
      label: on ? t('actions.stopGenerating') : t('actions.keepGenerating'),
      section: 'create',
      keys: [keepGeneratingKeys],
      when: () => on || view === 'create',
      run: () => {
        // The panel shows that it is on, or what is missing.
        if (!on && !open) toggleCompose();
        toggle();
      },
    },
  ]);
}
