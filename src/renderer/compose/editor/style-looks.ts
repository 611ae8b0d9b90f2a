import type { ListedStyle } from '../../../shared/models/prompt-style.ts';

/** How the small picture of a style is drawn: its sky, sun, far and near land, and with what. */
export interface StyleLook {
  readonly colours: readonly [sky: string, sun: string, far: string, near: string];
  readonly line: string;
  /** Of outlines; 0: none. */
  readonly stroke: number;
  readonly technique: 'flat' | 'soft' | 'hatch' | 'dots' | 'grain' | 'blocks';
}

type Row = readonly [colours: string, line: string, stroke: number, technique: StyleLook['technique']];

const looks: Readonly<Record<string, Row>> = {
  watercolor: ['eef3f4 f2b8a0 9cc3c9 6d9aa8', 'ffffff', 0, 'soft'],
  oil_painting: ['c9a66b f0d28a 6b7a4b 3d4a2e', '2b2a1a', 0, 'grain'],
  digital_art: ['2a3f6f ffb36b 6a5aa8 2b2350', 'ffffff', 0, 'flat'],
  cartoon: ['8fd3ff ffd84d 6fcf6f 3fa34d', '1b1b1b', 2, 'flat'],
  realistic: ['b9cfe0 fff3d6 7f8f86 4f5d4a', '3a4238', 0, 'soft'],
  sketch: ['f7f5ef ffffff f1eee6 e8e4da', '4a4a4a', 1, 'hatch'],
  anime: ['9ad7f5 ffffff 7fc8a0 3d9a7a', '24506b', 1, 'flat'],
  party: ['3a1d5c ffd23f f0386b 2ec4b6', 'ffffff', 0, 'dots'],
  pencil: ['f2f2f0 ffffff d9d9d6 bdbdb9', '5a5a5a', 0.8, 'hatch'],
  ink: ['fafafa ffffff 3a3a3a 111111', '111111', 1.6, 'flat'],
  charcoal: ['d8d5d0 efece6 6b6864 2f2d2b', '1a1918', 0, 'grain'],
  pastel: ['f6e3ee ffe3b8 cfe3d6 b9cbe6', 'ffffff', 0, 'grain'],
  pixel_art: ['5fcde4 fbf236 6abe30 37946e', '222034', 0, 'blocks'],
  low_poly: ['f2c9a1 ffe9c7 8aa6a3 4c7273', 'ffffff', 0.6, 'flat'],
  isometric: ['e8eef7 ffd166 7aa2e3 3f6fc4', '2a4580', 0.8, 'blocks'],
  clay: ['f3d9c6 ffb07c d98c5f a85f3c', '7a4227', 0, 'soft'],
  cyberpunk: ['140a2e ff2bd6 3a1b78 0de0e6', '0de0e6', 1, 'flat'],
  fantasy: ['4a3a86 ffe6a3 6f8f5a 2f4a3a', 'ffe6a3', 0, 'soft'],
  film_noir: ['8f8f8f ffffff 3c3c3c 0d0d0d', '000000', 0, 'hatch'],
  vintage_photo: ['d9c39a f0e2c0 a3875a 6e5836', '4a3a20', 0, 'grain'],
  minimalist: ['f4f1ea e4572e ddd6c9 c9c0b0', 'ffffff', 0, 'flat'],
  pop_art: ['ffe14d ff3b3f 2fb5f0 1b1b1b', '1b1b1b', 1.6, 'dots'],
  comic_book: ['f7e7b0 ff5a36 3f8fd0 24476b', '101010', 2, 'dots'],
  ukiyo_e: ['efe3c8 d1553b 5f86a3 274a6b', '1e3448', 0.8, 'flat'],
  stained_glass: ['2f6fd0 ffcf3f c0392b 27ae60', '0d0d0d', 3, 'flat'],
  art_nouveau: ['efe2bf d9a441 8fa36b 4a6b4f', '5a4420', 1.2, 'flat'],
  paper_cut: ['f6efe6 f08a5d 8fb9aa 3f6f73', 'ffffff', 1.2, 'flat'],
  high_detail: ['c4d4e0 ffe9b8 6f8f86 34524d', '1f3a38', 0.6, 'hatch'],
  professional_lighting: ['2b2b30 fff1c9 8a7350 3d3428', 'fff1c9', 0, 'soft'],
  sharp_focus: ['dfe9ee ffffff 5f7f96 22384a', '0f1d28', 1, 'flat'],
  vibrant_colors: ['18b4f0 ffd60a ff5d8f 06d66f', 'ffffff', 0, 'flat'],
  cinematic: ['12303a f0955a 2b4a4f 0b1a1f', '000000', 0, 'soft'],
};

/** Of the user's own styles only the name is known: each has colours of its own. */
function ownLook(id: string): StyleLook {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 360;
  const tone = (turn: number, saturation: number, light: number): string =>
    `hsl(${(hash + turn) % 360} ${saturation}% ${light}%)`;
  return {
    colours: [tone(0, 35, 82), tone(40, 70, 72), tone(160, 28, 55), tone(180, 34, 34)],
    line: tone(180, 30, 20),
    stroke: 0,
    technique: 'flat',
  };
}

export function lookOf({ id, isBuiltIn }: Pick<ListedStyle, 'id' | 'isBuiltIn'>): StyleLook {
  const row = isBuiltIn ? looks[id] : undefined;
  if (row === undefined) return ownLook(id);
  const [colours, line, stroke, technique] = row;
  const [sky = '', sun = '', far = '', near = ''] = colours.split(' ').map((colour) => `#${colour}`);
  return { colours: [sky, sun, far, near], line: `#${line}`, stroke, technique };
}
