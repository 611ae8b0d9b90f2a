import { useFocusTrap, useMergedRef } from '@mantine/hooks';
import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isVideoFormat, type Image, type ImageDetails, type ImageSummary } from '../../shared/models/image.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Recall } from '../ui/recall.ts';
import { viewContext } from '../ui/stores/shared-stores.ts';
import { VideoStage } from './video-stage.tsx';
import { useCurrentImage } from './use-current-image.ts';
import { useFocusGuard } from './use-focus-guard.ts';
import { usePicture } from './use-picture.ts';
import { useRecall } from './use-recall.ts';
import { useZoom } from './use-zoom.ts';
import { viewerActions } from './viewer-actions.ts';
import { ViewerBar } from './viewer-bar.tsx';
import { viewerContext } from './viewer-context.ts';
import { ViewerDetails } from './viewer-details.tsx';
import type { ViewerSource } from './viewer-source.ts';
import { ViewerStage } from './viewer-stage.tsx';
import classes from './viewer.module.css';

interface ViewerProps {
  readonly source: ViewerSource;
  /** The place to open at. */
  readonly index: number;
  /** Told whenever another place is looked at. */
  readonly onIndex: (index: number) => void;
  readonly onClose: () => void;
  readonly onRecall: (image: Image, what: Recall) => void;
  readonly onUseAsReference: (image: Image) => void;
}

function toggleFullScreen(): void {
  // A browser may refuse; then the picture simply stays as it is.
  const change =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  change.catch(() => undefined);
}

/** What is said of an image may be newer than the row that it is looked at in. */
function asDescribed(image: ImageSummary, details: ImageDetails | null): ImageSummary {
  return details?.id === image.id ? { ...image, altText: details.altText } : image;
}

/** One image at a time, over everything else. */
export function Viewer({ source, index, onIndex, onClose, onRecall, onUseAsReference }: ViewerProps) {
  const { t } = useTranslation('viewer');
  const { image, isLost, place, step, trash } = useCurrentImage(source, index, onIndex, onClose);
  const load = viewerContext.useStore((state) => state.load);
  const details = viewerContext.useStore((state) => state.details);
  const isVideo = image !== null && details?.id === image.id && isVideoFormat(details.format);
  const picture = usePicture(isVideo ? null : image);
  const shown = picture && { ...picture, image: asDescribed(picture.image, details) };
  const control = useZoom(shown?.image ?? { width: 1, height: 1 }, shown?.image.id ?? '');
  const isDetailsOpen = viewerContext.useStore((state) => state.isDetailsOpen);
  const toggleDetails = viewerContext.useStore((state) => state.toggleDetails);
  const { rate } = viewerContext.useStoreApi().getState();
  const { setOverlay } = viewContext.useStoreApi().getState();
  const dialog = useRef<HTMLDivElement>(null);
  const dialogRef = useMergedRef(dialog, useFocusTrap());
  useFocusGuard(dialog);
  const id = image?.id ?? null;

  useEffect(() => {
    if (id !== null) void load(id);
  }, [id, load]);

  // The keyboard goes back to where it came from, in the gallery to the image that was looked at last.
  const lastPlace = useRef<number | null>(null);
  const { returnTo } = source;
  useEffect(() => {
    lastPlace.current = place;
  }, [place]);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (lastPlace.current !== null) returnTo(lastPlace.current);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [returnTo]);

  const recall = useRecall(id, details, onRecall);
  useActions(
    viewerActions({
      step,
      trash,
      rate: (rating) => id !== null && void rate(id, rating),
      close: onClose,
      recall,
      toggleDetails,
      toggleFullScreen,
      showHelp: () => setOverlay('help'),
      zoomBy: control.zoomBy,
      toggleZoom: control.toggle,
      pan: control.pan,
      canPan: control.canPan && !control.isFit,
      isMirrored: document.documentElement.dir === 'rtl',
    }),
    { modal: true },
  );

  return (
    <div
      ref={dialogRef}
      className={classes.viewer}
      role="dialog"
      aria-modal="true"
      aria-label={t('title')}
      data-offers-actions
    >
      <ViewerBar
        place={place}
        total={source.total}
        control={isVideo ? null : control}
        isDetailsOpen={isDetailsOpen}
        onStep={step}
        onDetails={toggleDetails}
        onFullScreen={toggleFullScreen}
        onTrash={trash}
        onClose={onClose}
      />
      <div className={classes.body}>
        {isLost && (
          <EmptyState icon={<IconPhotoOff size={40} stroke={1.25} />} title={t('lost')}>
            {t('lostText')}
          </EmptyState>
        )}
        {!isLost &&
          (isVideo ? (
            <VideoStage image={asDescribed(image, details)} />
          ) : (
            <ViewerStage shown={shown} control={control} />
          ))}
        {isDetailsOpen && !isLost && (
          <ViewerDetails current={image} onRecall={onRecall} onUseAsReference={onUseAsReference} />
        )}
      </div>
    </div>
  );
}
