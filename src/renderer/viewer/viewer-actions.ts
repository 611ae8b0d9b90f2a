import { translate } from '../i18n/i18n.ts';
import type { Action } from '../ui/actions/action-registry.ts';
import { ratingActions } from '../ui/actions/rating-actions.ts';
import { recalls, type Recall } from '../ui/recall.ts';
import type { Point } from './zoom.ts';

/** The letters that take something of the image back into the editor. */
export const recallKeys: Readonly<Record<Recall, string>> = {
  prompt: 'KeyP',
  seed: 'KeyS',
  size: 'KeyD',
  all: 'KeyA',
  remix: 'KeyR',
};

/** What the actions act upon. */
export interface ViewerReach {
  readonly step: (side: 'older' | 'newer') => void;
  readonly trash: () => void;
  /** 1 to 5; 0 takes the rating away. */
  readonly rate: (rating: number) => void;
  readonly close: () => void;
  readonly recall: (what: Recall) => void;
  readonly toggleDetails: () => void;
  readonly toggleFullScreen: () => void;
  readonly showHelp: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly toggleZoom: () => void;
  readonly pan: (step: Point) => void;
  /** Larger than the stage: plain arrows move the picture. */
  readonly canPan: boolean;
  readonly isMirrored: boolean;
}

export const zoomStep = 1.25;
const panStep = 120;

/** Everything the viewer can do, with its keys. */
export function viewerActions(reach: ViewerReach): Action[] {
  const row = (
    name: string,
    label: string,
    keys: readonly string[],
    run: () => void,
    more: { readonly when?: () => boolean; readonly hidden?: boolean } = {},
  ): Action => ({ name: `viewer.${name}`, label, section: 'viewer', keys, run, ...more });
  const arrows = reach.isMirrored
    ? ({ older: 'ArrowLeft', newer: 'ArrowRight' } as const)
    : ({ older: 'ArrowRight', newer: 'ArrowLeft' } as const);
  const pan = (name: string, label: string, key: string, x: number, y: number): Action =>
    row(name, label, reach.canPan ? [key, `Shift+${key}`] : [`Shift+${key}`], () => reach.pan({ x, y }), {
      hidden: true,
      when: () => reach.canPan,
    });

  return [
    pan('panLeft', translate('viewer:panLeft'), 'ArrowLeft', panStep, 0),
    pan('panRight', translate('viewer:panRight'), 'ArrowRight', -panStep, 0),
    pan('panUp', translate('viewer:panUp'), 'ArrowUp', 0, panStep),
    pan('panDown', translate('viewer:panDown'), 'ArrowDown', 0, -panStep),
    row('next', translate('viewer:next'), [arrows.older, 'PageDown'], () => reach.step('older')),
    row('previous', translate('viewer:previous'), [arrows.newer, 'PageUp'], () => reach.step('newer')),
    row('zoomIn', translate('viewer:zoomIn'), ['+', '='], () => reach.zoomBy(zoomStep)),
    row('zoomOut', translate('viewer:zoomOut'), ['-'], () => reach.zoomBy(1 / zoomStep)),
    row('zoomToggle', translate('viewer:zoomToggle'), ['KeyZ'], reach.toggleZoom),
    ...recalls.map((what) =>
      row(what, translate(`viewer:recallLong.${what}`), [recallKeys[what]], () => reach.recall(what)),
    ),
    ...ratingActions('viewer', reach.rate),
    row('details', translate('viewer:details'), ['KeyI'], reach.toggleDetails),
    row('fullScreen', translate('viewer:fullScreen'), ['F11', 'Alt+Enter'], reach.toggleFullScreen),
    row('trash', translate('viewer:trash'), ['Delete'], reach.trash),
    // The viewer silences what lies below it, and with it the way to the shortcuts.
    row('help', translate('ui:actions.help'), ['?', 'F1'], reach.showHelp),
    row('close', translate('viewer:close'), ['Escape'], reach.close),
  ];
}
