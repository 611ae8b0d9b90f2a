import { createStore, type StoreApi } from 'zustand/vanilla';
import { matches, worksInControls, worksInTextFields, type KeyCombination, type KeyPress } from './key-combination.ts';

/** Headings of the help sheet, in its order. */
export const actionSections = [
  'everywhere',
  'create',
  'queue',
  'gallery',
  'viewer',
  'compare',
  'providers',
  'analytics',
  'settings',
] as const;
export type ActionSection = (typeof actionSections)[number];

/** One thing a user can do: its button, shortcut, help line and palette entry all come from here. */
export interface Action {
  /** Unique, for example `viewer.favourite`. */
  readonly name: string;
  /** Translated, a verb first: "Show the details". */
  readonly label: string;
  readonly section: ActionSection;
  readonly keys: readonly KeyCombination[];
  /** Whether it makes sense now; always, when left out. */
  readonly when?: () => boolean;
  readonly run: () => void;
  /** Left out of the palette: arrows and the like. */
  readonly hidden?: boolean;
}

interface Layer {
  readonly id: symbol;
  readonly actions: readonly Action[];
  readonly modal: boolean;
}

export interface ActionRegistry {
  readonly layers: readonly Layer[];
  /** Adds or replaces what one component offers. Later layers answer first; a modal layer silences those below it. */
  readonly put: (id: symbol, actions: readonly Action[], modal: boolean) => void;
  readonly remove: (id: symbol) => void;
}

export function createActionRegistry(): StoreApi<ActionRegistry> {
  return createStore<ActionRegistry>((set) => ({
    layers: [],
    put: (id, actions, modal) =>
      set(({ layers }) => {
        const layer = { id, actions, modal };
        return layers.some((other) => other.id === id)
          ? { layers: layers.map((other) => (other.id === id ? layer : other)) }
          : { layers: [...layers, layer] };
      }),
    remove: (id) => set(({ layers }) => ({ layers: layers.filter((other) => other.id !== id) })),
  }));
}

export const actionRegistry = createActionRegistry();

/** What can be done now, topmost layer first. */
export function availableActions(layers: readonly Layer[]): Action[] {
  const lowest = Math.max(
    0,
    layers.findLastIndex(({ modal }) => modal),
  );
  return layers
    .slice(lowest)
    .reverse()
    .flatMap(({ actions }) => actions)
    .filter((action) => action.when?.() ?? true);
}

/**
 * Where a key was pressed. `dialog`: inside a dialogue without the attribute `data-offers-actions`; there all is silent. `control`: on
 * a slider, or while a menu or a list is open; keys without Ctrl, ⌘ or Alt belong to it. `drawer`: inside what has the attribute
 * `data-drawer`, where they don't reach the page beside it.
 */
export type KeyPlace = 'page' | 'text' | 'dialog' | 'control' | 'drawer';

const sectionsOfDrawers: readonly ActionSection[] = ['everywhere', 'queue'];

function actsIn(place: KeyPlace, { section }: Action, keyCombination: KeyCombination): boolean {
  if (place === 'text') return worksInTextFields(keyCombination);
  if (place === 'page' || worksInControls(keyCombination)) return true;
  return place === 'drawer' && sectionsOfDrawers.includes(section);
}

/** The action a key press means, or null. */
export function actionFor(layers: readonly Layer[], press: KeyPress, place: KeyPlace, isMac: boolean): Action | null {
  if (place === 'dialog') return null;
  return (
    availableActions(layers).find((action) =>
      action.keys.some(
        (keyCombination) => matches(keyCombination, press, isMac) && actsIn(place, action, keyCombination),
      ),
    ) ?? null
  );
}
