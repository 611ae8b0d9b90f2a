import { createCanvas, develop } from './drawing/canvas.ts';
import { createChance } from './drawing/chance.ts';
import { readPrompt, sceneNames, type SceneName } from './read-prompt.ts';
import { drawBloom } from './scenes/bloom.ts';
import { drawCity } from './scenes/city.ts';
import { drawDunes } from './scenes/dunes.ts';
import { drawForest } from './scenes/forest.ts';
import { drawMarble } from './scenes/marble.ts';
import { drawMountains } from './scenes/mountains.ts';
import { drawPaperCut } from './scenes/paper-cut.ts';
import { drawPlanet } from './scenes/planet.ts';
import { drawRibbons } from './scenes/ribbons.ts';
import type { Scene } from './scenes/scene.ts';
import { drawSea } from './scenes/sea.ts';
import { drawStainedGlass } from './scenes/stained-glass.ts';
import { drawTiles } from './scenes/tiles.ts';

export interface Picture {
  readonly prompt: string;
  /** From 0 to Number.MAX_SAFE_INTEGER. */
  readonly seed: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

const scenes: Record<SceneName, Scene> = {
  mountains: drawMountains,
  forest: drawForest,
  sea: drawSea,
  dunes: drawDunes,
  city: drawCity,
  planet: drawPlanet,
  bloom: drawBloom,
  ribbons: drawRibbons,
  marble: drawMarble,
  stainedGlass: drawStainedGlass,
  paperCut: drawPaperCut,
  tiles: drawTiles,
};

/** The picture of a prompt as pixels, three bytes each, row by row. The same four values give the same bytes on every machine. */
export function drawPicture({ prompt, seed, width, height }: Picture): Uint8Array {
  const chance = createChance(prompt, seed);
  const mood = readPrompt(prompt);
  const [first, ...others] = mood.scenes.length > 0 ? mood.scenes : sceneNames;
  const scene = first === undefined ? 'mountains' : chance.pick([first, ...others]);
  const canvas = createCanvas(width, height);
  scenes[scene](canvas, chance, mood);
  return develop(canvas, chance.whole(1, 0x3fff_ffff));
}
