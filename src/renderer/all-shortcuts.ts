import { verdictKeys } from './comparison/verdict-keys.ts';
import { translate } from './i18n/i18n.ts';
import type { Action } from './ui/actions/action-registry.ts';
import { ratingActions } from './ui/actions/rating-actions.ts';
import { viewerActions } from './viewer/viewer-actions.ts';

export type Shortcut = Pick<Action, 'name' | 'label' | 'section' | 'keys'>;

const nothing = (): void => undefined;

/** Shortcuts of places that are not open now, so that they can be looked up anywhere. */
export function shortcutsElsewhere(): readonly Shortcut[] {
  const create = (name: string, label: string, keys: readonly string[]): Shortcut => ({
    name: `compose.${name}`,
    label,
    section: 'create',
    keys,
  });
  const viewer = viewerActions({
    step: nothing,
    trash: nothing,
    rate: nothing,
    close: nothing,
    recall: nothing,
    toggleDetails: nothing,
    toggleFullScreen: nothing,
    showHelp: nothing,
    zoomBy: nothing,
    toggleZoom: nothing,
    pan: nothing,
    canPan: false,
    isMirrored: document.dir === 'rtl',
  });
  return [
    create('generate', translate('compose:actions.generate'), ['Mod+Enter']),
    create('generateFront', translate('compose:actions.generateFront'), ['Mod+Shift+Enter']),
    create('keepGenerating', translate('compose:actions.keepGenerating'), ['Mod+Alt+Enter']),
    create('focusPrompt', translate('compose:actions.focusPrompt'), ['KeyE']),
    create('styles', translate('promptEditor:actions.styles'), ['Mod+Shift+KeyS']),
    create('shorten', translate('promptEditor:actions.shorten'), ['Mod+Shift+KeyO']),
    create('lock', translate('promptEditor:actions.lock'), ['Mod+Shift+KeyL']),
    create('heavier', translate('promptEditor:actions.heavier'), ['Mod+ArrowUp']),
    create('lighter', translate('promptEditor:actions.lighter'), ['Mod+ArrowDown']),
    create('olderPrompt', translate('promptEditor:actions.olderPrompt'), ['Alt+ArrowUp']),
    create('newerPrompt', translate('promptEditor:actions.newerPrompt'), ['Alt+ArrowDown']),
    create('nextFinding', translate('promptEditor:actions.nextFinding'), ['F8']),
    create('fixFinding', translate('promptEditor:actions.fixFinding'), ['Mod+Period']),
    ...ratingActions('gallery', nothing),
    ...viewer,
    ...verdictKeys.map(([verdict, keys]): Shortcut => ({
      name: `compare.${verdict}`,
      label: translate(`comparison:actions.${verdict}`),
      section: 'compare',
      keys,
    })),
  ];
}
