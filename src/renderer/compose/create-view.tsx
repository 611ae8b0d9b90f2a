import { VisuallyHidden } from '@mantine/core';
import { IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ResizeHandle } from '../ui/resize-handle.tsx';
import { composeWidths } from '../ui/stores/view-store.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { showToast } from '../ui/show-toast.tsx';
import { composeContext, stageContext } from './compose-context.ts';
import { ComposePanel } from './compose-panel.tsx';
import classes from './create-view.module.css';
import { StageView } from './stage-view.tsx';
import { useResultActions } from './use-result-actions.ts';
import { useObstacle } from './use-obstacle.ts';
import { useStageContent } from './use-stage-content.ts';

interface CreateViewProps {
  /** Opens the viewer at this image. */
  readonly onOpen: (image: ImageSummary) => void;
  readonly onTrash: (image: ImageSummary) => void;
  readonly onShowGallery: () => void;
}

/** Generate by its keys. Where nothing can be sent the button can't be pressed; the keys can, and say why. */
function GenerateActions({ onGenerate }: { readonly onGenerate: (front: boolean) => void }) {
  const { t } = useTranslation('compose');
  const obstacle = useObstacle();
  const run = (front: boolean): void => {
    onGenerate(front);
    if (obstacle !== null) showToast({ kind: 'info', message: obstacle.words, id: 'obstacle' });
  };
  useActions([
    {
      name: 'compose.generate',
      label: t('actions.generate'),
      section: 'create',
      keys: ['Mod+Enter'],
      run: () => run(false),
    },
    {
      name: 'compose.generateFront',
      label: t('actions.generateFront'),
      section: 'create',
      keys: ['Mod+Shift+Enter'],
      run: () => run(true),
    },
  ]);
  return null;
}

/** Prompt and parameters left, the picture in the middle. */
export function CreateView({ onOpen, onTrash, onShowGallery }: CreateViewProps) {
  const { t } = useTranslation('compose');
  const open = viewContext.useStore((state) => state.composeOpen);
  const width = viewContext.useStore((state) => state.composeWidth);
  const { toggleCompose, resizeCompose } = viewContext.useStoreApi().getState();
  const { generate } = composeContext.useStoreApi().getState();
  const stageStore = stageContext.useStoreApi();
  const { content } = useStageContent();
  const view = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const shown = content.kind === 'image' ? content.image : null;
  const shownSeed = stageContext.useStore((state) => (shown === null ? null : (state.details[shown.id]?.seed ?? null)));

  const start = (front: boolean): void => {
    // Whoever asks for a picture wants to see it come.
    stageStore.getState().follow();
    // The line under the button says what is missing, if something is.
    if (!open) toggleCompose();
    void generate({ front }).then((job) => {
      // In a narrow window the picture is below the form, out of sight.
      if (job !== null) view.current?.scrollTo({ top: stage.current?.offsetTop ?? 0 });
    });
  };

  useResultActions(shown, { onOpen, onTrash });

  return (
    <div className={classes.view} ref={view}>
      <GenerateActions onGenerate={start} />
      <VisuallyHidden component="h1">{t('stageTitle')}</VisuallyHidden>
      {open && (
        <aside className={classes.panel} style={{ width }}>
          <ComposePanel shownSeed={shownSeed} onGenerate={start} onHide={toggleCompose} />
          <ResizeHandle
            label={t('resize')}
            width={width}
            least={composeWidths.least}
            most={composeWidths.most}
            onResize={resizeCompose}
          />
        </aside>
      )}
      <div className={classes.stage} ref={stage}>
        <StageView onOpen={onOpen} onTrash={onTrash} onShowGallery={onShowGallery} />
        {!open && (
          <IconButton
            className={classes.show}
            variant="default"
            label={t('show')}
            keys="KeyT"
            icon={<IconLayoutSidebarLeftExpand size={18} stroke={1.75} aria-hidden />}
            onClick={toggleCompose}
          />
        )}
      </div>
    </div>
  );
}
