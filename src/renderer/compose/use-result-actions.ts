import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { Action } from '../ui/actions/action-registry.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { recalls, type Recall } from '../ui/recall.ts';
import { composeContext, stageContext } from './compose-context.ts';

/** The same letters as in the viewer. */
const recallKeys: Readonly<Record<Recall, string>> = {
  prompt: 'KeyP',
  seed: 'KeyS',
  size: 'KeyD',
  all: 'KeyA',
  remix: 'KeyR',
};

interface ResultHandlers {
  readonly onOpen: (image: ImageSummary) => void;
  readonly onTrash: (image: ImageSummary) => void;
}

/** What can be done to the image in the middle, by keys and from the palette. */
export function useResultActions(shown: ImageSummary | null, { onOpen, onTrash }: ResultHandlers): void {
  const { t } = useTranslation('stage');
  const details = stageContext.useStore((state) => (shown === null ? undefined : state.details[shown.id]));
  const { applyRecall } = composeContext.useStoreApi().getState();
  const section = 'create' as const;

  const recall = (what: Recall): Action => ({
    name: `compose.recall.${what}`,
    label: t(`recall.${what}`),
    section,
    keys: [recallKeys[what]],
    when: () => details !== undefined,
    run: () => details !== undefined && applyRecall(details, what),
  });
  const withImage = (act: (image: ImageSummary) => void) => ({
    section,
    when: () => shown !== null,
    run: () => shown !== null && act(shown),
  });

  useActions([
    ...recalls.map(recall),
    { name: 'compose.open', label: t('openAction'), keys: [], ...withImage(onOpen) },
    { name: 'compose.trash', label: t('trash'), keys: ['Delete'], ...withImage(onTrash) },
  ]);
}
