import { cosine, mix, sine, smooth } from '../drawing/arithmetic.ts';
import { paint, setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, oklch, type Lab } from '../drawing/colour.ts';
import { createNoise } from '../drawing/noise.ts';
import { choosePalette, ramp, type Palette } from '../drawing/palette.ts';
import { createPile, type Pile } from '../drawing/petals.ts';
import type { Mood } from '../read-prompt.ts';

/** Of a turn: the angle at which leaves and seeds follow each other in nature. */
const goldenTurn = 0.381966;
const seeds = 90;
const tones = 60;

interface Flower {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly turn: number;
  readonly petals: number;
  readonly breadth: number;
  readonly belly: number;
  readonly pointed: number;
  /** From the heart to the outermost petals. */
  readonly colours: readonly Lab[];
  readonly heart: Lab;
}

/** Large blossoms of many petals, seen from above, over leaves. */
export function drawBloom(canvas: Canvas, chance: Chance, mood: Mood): void {
  const palette = choosePalette(chance, mood);
  const noise = createNoise(chance);
  const deep = palette.isDark ? palette.paper : mixColours(palette.ink, oklch(0.3, 0.06, 165), 0.5);
  paint(canvas, (x, y, out) => {
    setColour(out, lighter(deep, -0.03));
    tint(out, lighter(deep, 0.1), smooth(-0.3, 0.8, noise.layered(x * 1.2, y * 1.2, 2)));
  });
  const pile = createPile(canvas, noise);
  for (const flower of arrangeFlowers(canvas, chance, palette, mood.colour !== null)) layFlower(pile, chance, flower);
  layLeaves(canvas, pile, chance, mixColours(deep, oklch(0.52, 0.09, 150), 0.55));
  pile.finish();
}

/** The one in front comes first. */
function arrangeFlowers(canvas: Canvas, chance: Chance, palette: Palette, isNamed: boolean): Flower[] {
  const spanX = canvas.width / canvas.unit;
  const spanY = canvas.height / canvas.unit;
  const shape = { breadth: chance.between(0.2, 0.36), belly: chance.between(0.5, 0.72), pointed: chance.unit() };
  const flower = (x: number, y: number, radius: number, first: number): Flower => {
    const outer = palette.colours[first % 5] ?? palette.ink;
    const middle = mixColours(palette.colours[(first + 1) % 5] ?? outer, outer, 0.35);
    const inner = mixColours(palette.colours[2], middle, 0.4);
    const colours = ramp([inner, middle, outer, outer], tones);
    const heart = oklch(0.78, 0.13, 82);
    return { ...shape, x, y, radius, turn: chance.unit(), petals: chance.whole(70, 150), colours, heart };
  };
  const anyColour = chance.whole(0, 4);
  const start = isNamed ? 0 : anyColour;
  const side = chance.pick([-1, 1]);
  const count = chance.whole(0, 2);
  const shift = count === 0 ? 0.05 : 0.12;
  const main = flower(-side * shift * spanX, chance.between(-0.04, 0.1) * spanY, chance.between(0.38, 0.47), start);
  const others = Array.from({ length: count }, (_, index) => {
    const x = side * spanX * chance.between(0.36, 0.5) * (index === 0 ? 1 : -0.8);
    const y = spanY * chance.between(0.3, 0.5) * (index === 0 ? -1 : 1);
    return flower(x, y, chance.between(0.16, 0.26), start + index + 1);
  });
  return [main, ...others];
}

function layFlower(pile: Pile, chance: Chance, flower: Flower): void {
  const { x, y, radius, turn, petals, colours, heart } = flower;
  for (let number = 0; number <= seeds; number += 1) {
    const out = radius * 0.085 * Math.sqrt(number / seeds);
    const size = radius * 0.011;
    pile.layUnder({
      x: x + out * cosine(number * goldenTurn) - size,
      y: y + out * sine(number * goldenTurn),
      turn: 0,
      length: size * 2,
      breadth: 0.5,
      belly: 0.5,
      pointed: 0,
      root: lighter(heart, -0.18 + 0.1 * (number / seeds)),
      tip: lighter(heart, 0.04),
      curl: 0,
      seed: number,
    });
  }
  for (let number = 0; number < petals; number += 1) {
    const place = Math.sqrt(number / (petals - 1));
    const direction = turn + number * goldenTurn + chance.between(-0.012, 0.012);
    const outer = radius * mix(0.1, 1, place);
    const length = outer * mix(0.85, 0.62, place) * chance.between(0.93, 1.07);
    const colour = colours[Math.round(place * tones)] ?? heart;
    pile.layUnder({
      x: x + (outer - length) * cosine(direction),
      y: y + (outer - length) * sine(direction),
      turn: direction,
      length,
      breadth: flower.breadth * mix(1.5, 0.95, place),
      belly: flower.belly,
      pointed: flower.pointed,
      root: lighter(mixColours(colour, colours[0] ?? colour, 0.25), -0.14),
      tip: lighter(colour, 0.045 + chance.between(-0.02, 0.02)),
      curl: chance.between(-0.05, 0.05),
      seed: number * 1.9,
    });
  }
}

function layLeaves(canvas: Canvas, pile: Pile, chance: Chance, green: Lab): void {
  for (let number = 0; number < 34; number += 1) {
    pile.layUnder({
      x: chance.between(-0.7, 0.7) * (canvas.width / canvas.unit),
      y: chance.between(-0.7, 0.7) * (canvas.height / canvas.unit),
      turn: chance.unit(),
      length: chance.between(0.22, 0.46),
      breadth: chance.between(0.16, 0.24),
      belly: 0.42,
      pointed: 0.9,
      root: lighter(green, chance.between(-0.1, 0)),
      tip: lighter(green, chance.between(-0.02, 0.1)),
      curl: chance.between(-0.14, 0.14),
      seed: number * 3.7,
    });
  }
}
