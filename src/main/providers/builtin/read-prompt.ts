import type { Tone } from './drawing/colour.ts';

/** What a prompt's plain words ask of a drawing. Whatever they leave open is up to chance. */
export interface Mood {
  /** Scenes that words name; empty where none does. */
  readonly scenes: readonly SceneName[];
  readonly time: TimeOfDay | null;
  /** The first colour named. */
  readonly colour: Tone | null;
  /** Factor on the strength of colours. */
  readonly chroma: number;
  /** -1 dark to 1 light. */
  readonly light: number;
  readonly details: ReadonlySet<Detail>;
}

export const sceneNames = [
  'mountains',
  'forest',
  'sea',
  'dunes',
  'city',
  'planet',
  'bloom',
  'ribbons',
  'marble',
  'stainedGlass',
  'paperCut',
  'tiles',
] as const;
export type SceneName = (typeof sceneNames)[number];

export type TimeOfDay = 'dawn' | 'day' | 'sunset' | 'night';
type Detail = 'moon' | 'sun' | 'stars' | 'mist' | 'snow' | 'lake' | 'clouds' | 'boat';

interface Hint {
  readonly words: string;
  /** What such a picture shows. */
  readonly subjects?: readonly SceneName[];
  /** How it is made; this comes before what it shows. */
  readonly styles?: readonly SceneName[];
  readonly time?: TimeOfDay;
  readonly colour?: Tone;
  readonly chroma?: number;
  readonly light?: number;
  readonly details?: readonly Detail[];
}

const hints: readonly Hint[] = [
  { words: 'ink brush brushstroke stroke line calligraphy flow flowing', styles: ['ribbons'] },
  { words: 'marble marbled liquid fluid agate pour poured psychedelic', styles: ['marble'] },
  { words: 'stained mosaic kaleidoscope', styles: ['stainedGlass'] },
  { words: 'paper papercut cutout origami collage topographic layered contour', styles: ['paperCut'] },
  {
    words: 'pattern geometric geometry tile bauhaus poster minimal minimalist minimalism quilt modernist',
    styles: ['tiles'],
  },
  { words: 'abstract abstraction', styles: ['ribbons', 'marble', 'paperCut', 'tiles'] },
  {
    words: 'mountain hill peak alp alps summit ridge valley cliff fjord volcano himalaya canyon landscape',
    subjects: ['mountains'],
  },
  {
    words: 'forest wood tree pine fir spruce jungle grove taiga woodland bear wolf deer fox owl elf',
    subjects: ['forest'],
  },
  {
    words: 'sea ocean beach coast wave shore island sail sailing ship boat harbour harbor lighthouse fish whale',
    subjects: ['sea'],
  },
  { words: 'desert dune sand sahara oasis camel mars pyramid egypt', subjects: ['dunes'] },
  {
    words: 'city cityscape skyline town street building skyscraper tower urban metropolis cyberpunk',
    subjects: ['city'],
  },
  { words: 'tokyo york london paris berlin car robot', subjects: ['city'] },
  {
    words: 'space planet galaxy cosmos cosmic universe nebula orbit astronaut saturn jupiter alien spaceship',
    subjects: ['planet'],
  },
  {
    words: 'flower rose dahlia bloom blossom petal garden lotus botanical tulip peony bouquet sunflower mandala',
    subjects: ['bloom'],
  },
  { words: 'wind hair music dance dancer river portrait woman man girl boy face', subjects: ['ribbons'] },
  { words: 'smoke fire flame dream stone silk magic dragon lava coffee', subjects: ['marble'] },
  { words: 'glass cathedral church window crystal gem jewel angel', subjects: ['stainedGlass'] },
  { words: 'map cave', subjects: ['paperCut'] },
  { words: 'logo icon', subjects: ['tiles'] },
  { words: 'lake reflection pond', subjects: ['mountains'], details: ['lake'] },
  { words: 'night midnight dark nocturnal', time: 'night', light: -1 },
  { words: 'moon moonlight moonlit moonrise', time: 'night', details: ['moon'] },
  { words: 'star starry stars starlight constellation', time: 'night', details: ['stars'] },
  { words: 'sunset dusk evening twilight', time: 'sunset' },
  { words: 'dawn sunrise morning', time: 'dawn' },
  { words: 'day daylight noon sunny bright midday', time: 'day', light: 1 },
  { words: 'sun', details: ['sun'] },
  { words: 'mist misty fog foggy haze hazy', details: ['mist'] },
  { words: 'snow snowy winter ice icy frozen arctic glacier', details: ['snow'], chroma: 0.75, light: 1 },
  { words: 'cloud cloudy sky', details: ['clouds'] },
  { words: 'storm stormy rain rainy thunder', details: ['clouds'], chroma: 0.55, light: -0.5 },
  { words: 'boat ship sail sailing yacht', details: ['boat'] },
  { words: 'autumn fall', colour: [0.66, 0.16, 52] },
  { words: 'spring summer', light: 1 },
  { words: 'red crimson scarlet ruby cherry blood', colour: [0.57, 0.21, 26] },
  { words: 'orange amber copper rust terracotta tangerine', colour: [0.72, 0.17, 53] },
  { words: 'yellow golden gold lemon honey mustard', colour: [0.85, 0.16, 92] },
  { words: 'green emerald olive moss lime jade', colour: [0.58, 0.14, 148] },
  { words: 'teal turquoise aqua cyan mint', colour: [0.7, 0.11, 192] },
  { words: 'blue azure navy cobalt indigo sapphire', colour: [0.5, 0.18, 259] },
  { words: 'purple violet lilac lavender plum amethyst', colour: [0.5, 0.18, 304] },
  { words: 'pink magenta fuchsia blush coral', colour: [0.74, 0.15, 358] },
  { words: 'brown sepia chocolate', colour: [0.44, 0.08, 58], light: -0.5 },
  { words: 'grey gray silver monochrome greyscale grayscale', chroma: 0.08 },
  { words: 'black noir', chroma: 0.1, light: -1 },
  { words: 'white', chroma: 0.35, light: 1 },
  { words: 'pastel soft gentle calm', chroma: 0.65, light: 1 },
  { words: 'neon vivid vibrant colourful colorful bright', chroma: 1.3 },
];

const hintsByWord = new Map<string, Hint[]>();
for (const hint of hints) {
  for (const word of hint.words.split(' ')) hintsByWord.set(word, [...(hintsByWord.get(word) ?? []), hint]);
}

export function readPrompt(prompt: string): Mood {
  const found = prompt
    .toLowerCase()
    .split(/[^a-z]+/)
    .flatMap((word) => hintsFor(word));
  const styles = found.flatMap((hint) => hint.styles ?? []);
  const light = found.reduce((sum, hint) => sum + (hint.light ?? 0), 0);
  return {
    scenes: [...new Set(styles.length > 0 ? styles : found.flatMap((hint) => hint.subjects ?? []))],
    time: found.find((hint) => hint.time)?.time ?? null,
    colour: found.find((hint) => hint.colour)?.colour ?? null,
    chroma: found.reduce((product, hint) => product * (hint.chroma ?? 1), 1),
    light: Math.max(-1, Math.min(1, light)),
    details: new Set(found.flatMap((hint) => hint.details ?? [])),
  };
}

/** Knows plurals too. */
function hintsFor(word: string): readonly Hint[] {
  const forms = [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')];
  for (const form of forms) {
    const own = hintsByWord.get(form);
    if (own) return own;
  }
  return [];
}
