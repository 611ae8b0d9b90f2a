import type { Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import type { Mood } from '../read-prompt.ts';

/** One kind of composition. It paints the whole canvas, and all it decides comes from `chance` and `mood`. */
export type Scene = (canvas: Canvas, chance: Chance, mood: Mood) => void;
