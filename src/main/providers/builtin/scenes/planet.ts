import { clamp, cosine, mix, sine, smooth } from '../drawing/arithmetic.ts';
import { cover, paint, setColour, tint, type Canvas } from '../drawing/canvas.ts';
import type { Chance } from '../drawing/chance.ts';
import { lighter, mixColours, oklch, type Lab } from '../drawing/colour.ts';
import { createNoise, type Noise } from '../drawing/noise.ts';
import { choosePalette, ramp, type Palette } from '../drawing/palette.ts';
import { paintStars } from '../drawing/sky.ts';
import type { Mood } from '../read-prompt.ts';

interface Globe {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Tilt of its axis in turns. */
  readonly tilt: number;
  readonly bands: readonly Lab[];
  readonly rim: Lab;
  readonly banding: number;
  readonly turbulence: number;
}

/** Where the light comes from; the third axis points to the eye. */
interface Light {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A planet, often with rings and a moon, before stars and glowing dust. */
export function drawPlanet(canvas: Canvas, chance: Chance, mood: Mood): void {
  const palette = choosePalette(chance, { ...mood, light: -1 });
  const noise = createNoise(chance);
  paintDust(canvas, chance, palette, noise);
  paintStars(canvas, chance, canvas.height / canvas.unit, 700);
  const direction = chance.between(0.52, 0.98);
  // From the upper left or right, a little towards the eye.
  const light = { x: 0.8 * cosine(direction), y: 0.8 * sine(direction), z: 0.6 };
  const radius = chance.between(0.2, 0.31);
  const x = chance.between(-0.16, 0.16) * (canvas.width / canvas.unit);
  const y = chance.between(-0.12, 0.14) * (canvas.height / canvas.unit);
  const globe = createGlobe(chance, palette, { x, y, radius });
  const hasRings = chance.happens(0.62);
  const rings = {
    inner: chance.between(1.28, 1.45),
    outer: chance.between(1.9, 2.35),
    opening: chance.between(0.16, 0.36),
  };
  if (hasRings) paintRings(canvas, noise, globe, light, rings, 'behind');
  paintGlobe(canvas, noise, globe, light);
  if (hasRings) paintRings(canvas, noise, globe, light, rings, 'before');
  const moons = chance.whole(hasRings ? 0 : 1, 2);
  for (let moon = 0; moon < moons; moon += 1) {
    const turn = chance.unit();
    const far = radius * chance.between(1.7, 2.4);
    const place = {
      x: x + far * cosine(turn),
      y: y + far * 0.8 * sine(turn),
      radius: radius * chance.between(0.07, 0.17),
    };
    paintGlobe(canvas, noise, { ...createGlobe(chance, palette, place), banding: 1, turbulence: 2.4 }, light);
  }
}

function createGlobe(chance: Chance, palette: Palette, place: Pick<Globe, 'x' | 'y' | 'radius'>): Globe {
  const start = chance.whole(0, 4);
  const colours = [0, 1, 2, 1, 3, 0].map((step) => palette.colours[(start + step) % 5] ?? palette.ink);
  const calm = mixColours(colours[0] ?? palette.ink, palette.ink, 0.2);
  return {
    ...place,
    tilt: chance.between(-0.09, 0.09),
    bands: ramp(
      colours.map((colour) => mixColours(colour, calm, 0.4)),
      200,
    ),
    rim: lighter(mixColours(colours[1] ?? palette.ink, oklch(0.85, 0.08, 220), 0.45), 0.05),
    banding: chance.between(2.6, 5.5),
    turbulence: chance.between(0.35, 0.95),
  };
}

function paintDust(canvas: Canvas, chance: Chance, palette: Palette, noise: Noise): void {
  const deep = mixColours(lighter(palette.paper, -0.07), oklch(0.1, 0.04, 270), 0.3);
  const [first, second] = [
    palette.colours[chance.whole(0, 1)] ?? palette.ink,
    palette.colours[chance.whole(2, 4)] ?? palette.ink,
  ];
  const turn = chance.unit() / 2;
  const scale = chance.between(0.9, 1.5);
  const strength = chance.between(0.5, 0.78);
  const shift = chance.between(-0.15, 0.15);
  paint(canvas, (x, y, out) => {
    const across = x * sine(turn) - y * cosine(turn) + shift;
    const bend = noise.layered(x * scale, y * scale, 3);
    const cloud = noise.layered(x * scale * 1.6 + bend, y * scale * 1.6 - bend, 5);
    const band = 1 / (1 + 9 * (across + bend * 0.3) * (across + bend * 0.3));
    setColour(out, deep);
    tint(out, first, strength * band * smooth(-0.35, 0.75, cloud));
    tint(out, second, strength * 0.8 * band * smooth(0.05, 0.8, bend - cloud * 0.5));
    out[0] = (out[0] ?? 0) * (1 - 0.35 * band * smooth(0.1, 0.6, -cloud));
  });
}

function paintGlobe(canvas: Canvas, noise: Noise, globe: Globe, light: Light): void {
  const { width, height, unit, lab } = canvas;
  const radius = globe.radius * unit;
  const middleX = globe.x * unit + width / 2;
  const middleY = globe.y * unit + height / 2;
  const halo = radius * 1.22;
  const [axisX, axisY] = [cosine(globe.tilt), sine(globe.tilt)];
  for (
    let row = Math.max(0, Math.floor(middleY - halo));
    row <= Math.min(height - 1, Math.ceil(middleY + halo));
    row += 1
  ) {
    for (
      let column = Math.max(0, Math.floor(middleX - halo));
      column <= Math.min(width - 1, Math.ceil(middleX + halo));
      column += 1
    ) {
      const px = (column + 0.5 - middleX) / radius;
      const py = (row + 0.5 - middleY) / radius;
      const square = px * px + py * py;
      const distance = Math.sqrt(square);
      const at = (row * width + column) * 3;
      const facing = (px * light.x + py * light.y) / Math.max(distance, 0.2);
      if (distance > 1)
        cover(
          lab,
          at,
          globe.rim,
          0.34 * smooth(1.22, 1, distance) * smooth(1.22, 1, distance) * smooth(-0.5, 0.9, facing),
        );
      const share = clamp((1 - distance) * radius + 0.5, 0, 1);
      if (share === 0) continue;
      const pz = Math.sqrt(Math.max(0, 1 - square));
      const across = px * axisX + py * axisY;
      const latitude = py * axisX - px * axisY;
      const swirl = noise.layered(across * 1.3 + globe.banding * 7, latitude * 5 + pz * 0.8, 4);
      const fine = noise.layered(across * 2.2 + pz, latitude * 15 + swirl, 3);
      const band =
        0.5 + 0.5 * sine(latitude * globe.banding * 0.36 + globe.turbulence * 0.34 * swirl + 0.1) + 0.14 * fine;
      const day = px * light.x + py * light.y + pz * light.z;
      const lit = smooth(-0.16, 0.85, day);
      const surface = globe.bands[Math.round(clamp(band, 0, 1) * 200)] ?? globe.rim;
      const colour: Lab = [
        mix(0.045, surface[0] * (0.35 + 0.72 * lit), lit),
        surface[1] * (0.25 + 0.75 * lit),
        surface[2] * (0.25 + 0.75 * lit),
      ];
      const edge = (1 - pz) * (1 - pz);
      cover(lab, at, mixColours(colour, globe.rim, 0.8 * edge * smooth(-0.1, 0.7, day)), share);
    }
  }
}

interface Rings {
  /** In radii of the globe. */
  readonly inner: number;
  readonly outer: number;
  /** How much of a circle the ellipse is. */
  readonly opening: number;
}

function paintRings(
  canvas: Canvas,
  noise: Noise,
  globe: Globe,
  light: Light,
  rings: Rings,
  side: 'behind' | 'before',
): void {
  const { width, height, unit, lab } = canvas;
  const radius = globe.radius * unit;
  const middleX = globe.x * unit + width / 2;
  const middleY = globe.y * unit + height / 2;
  const reach = radius * rings.outer;
  const [axisX, axisY] = [cosine(globe.tilt), sine(globe.tilt)];
  const depthShare = Math.sqrt(1 - rings.opening * rings.opening);
  const first = globe.bands[60] ?? globe.rim;
  const second = globe.bands[120] ?? globe.rim;
  for (
    let row = Math.max(0, Math.floor(middleY - reach));
    row <= Math.min(height - 1, Math.ceil(middleY + reach));
    row += 1
  ) {
    for (
      let column = Math.max(0, Math.floor(middleX - reach));
      column <= Math.min(width - 1, Math.ceil(middleX + reach));
      column += 1
    ) {
      const px = (column + 0.5 - middleX) / radius;
      const py = (row + 0.5 - middleY) / radius;
      const along = px * axisX + py * axisY;
      const upright = py * axisX - px * axisY;
      if (upright < 0 === (side === 'before')) continue;
      const deep = upright / rings.opening;
      const distance = Math.sqrt(along * along + deep * deep);
      const soft = 1.2 / (radius * rings.opening);
      const share =
        smooth(rings.inner - soft, rings.inner + soft, distance) *
        smooth(rings.outer + soft, rings.outer - soft, distance);
      if (share === 0) continue;
      const groove = noise.layered(distance * 7, 3, 2) + 0.5 * noise.at(distance * 31, 9);
      const gap = smooth(0.018, 0.045, Math.abs(distance - mix(rings.inner, rings.outer, 0.62)));
      const place = {
        x: along * axisX - deep * rings.opening * axisY,
        y: along * axisY + deep * rings.opening * axisX,
        z: deep * depthShare,
      };
      const shade = sunlight(place, light);
      const colour = lighter(mixColours(first, second, smooth(-0.4, 0.4, groove)), 0.12 + 0.12 * groove);
      const dense = clamp(0.62 + 0.65 * groove, 0.08, 0.96) * gap * share;
      cover(
        lab,
        (row * width + column) * 3,
        [colour[0] * mix(0.2, 1, shade), colour[1] * mix(0.3, 1, shade), colour[2] * mix(0.3, 1, shade)],
        dense,
      );
    }
  }
}

/** 0 where the globe (of radius 1 in the middle) stands between a place and the light, 1 elsewhere. */
function sunlight(place: Light, light: Light): number {
  const towards = place.x * light.x + place.y * light.y + place.z * light.z;
  if (towards >= 0) return 1;
  const [dx, dy, dz] = [place.x - towards * light.x, place.y - towards * light.y, place.z - towards * light.z];
  return smooth(0.93, 1.03, Math.sqrt(dx * dx + dy * dy + dz * dz));
}
