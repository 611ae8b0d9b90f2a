import type { Mood } from '../read-prompt.ts';
import { clamp, mix, smooth } from './arithmetic.ts';
import type { Atmosphere } from './atmosphere.ts';
import { around, cover, paint, tint, type Canvas } from './canvas.ts';
import type { Chance } from './chance.ts';
import { mixColours, type Lab } from './colour.ts';
import { createNoise } from './noise.ts';

export interface Sky {
  /** Where the sun or moon stands, in units from the picture's middle. */
  readonly sunX: number;
  readonly sunY: number;
  readonly sunRadius: number;
  /** In units from the picture's middle. */
  readonly horizon: number;
}

const gradientSteps = 1024;

/** Paints the whole picture as sky: light, sun or moon, stars, clouds. */
export function paintSky(canvas: Canvas, chance: Chance, mood: Mood, air: Atmosphere, horizon: number): Sky {
  const halfWidth = canvas.width / canvas.unit / 2;
  const top = -canvas.height / canvas.unit / 2;
  const isNight = air.time === 'night';
  const sunX = chance.between(-0.62, 0.62) * halfWidth;
  const sunY = isNight ? mix(top, horizon, chance.between(0.22, 0.5)) : mix(top, horizon, sunHeight(chance, air, mood));
  const sunRadius = chance.between(0.034, 0.06) * (air.time === 'sunset' ? 1.5 : 1);
  const gradient = skyGradient(air);
  const reach = isNight ? 0.3 : 0.5;
  paint(canvas, (x, y, out) => {
    const at = clamp((y - top) / (horizon - top), 0, 1) * gradientSteps;
    const colour = gradient[at | 0] ?? air.mist;
    out[0] = colour[0];
    out[1] = colour[1];
    out[2] = colour[2];
    const dx = (x - sunX) * 0.8;
    const dy = y - sunY;
    const distance = (dx * dx + dy * dy) / (reach * reach);
    tint(out, air.glow, 0.72 / (1 + 9 * distance + 12 * distance * distance));
  });
  if (isNight) paintStars(canvas, chance, horizon, mood.details.has('stars') ? 900 : 420);
  paintSun(canvas, chance, air, { sunX, sunY, sunRadius });
  if (mood.details.has('clouds') || chance.happens(isNight ? 0.35 : 0.65)) {
    paintClouds(canvas, chance, air, { sunX, sunY, sunRadius, horizon }, mood.details.has('clouds') ? 0.16 : 0);
  }
  return { sunX, sunY, sunRadius, horizon };
}

/** As a share of the way from the top of the picture to the horizon. */
function sunHeight(chance: Chance, air: Atmosphere, mood: Mood): number {
  if (air.time === 'day') return mood.details.has('sun') ? chance.between(0.3, 0.5) : chance.between(0.2, 0.6);
  return chance.between(0.55, 0.86);
}

function skyGradient(air: Atmosphere): Lab[] {
  const [high, middle, low] = air.sky;
  return Array.from({ length: gradientSteps + 1 }, (_, index) => {
    const share = index / gradientSteps;
    return mixColours(mixColours(high, middle, smooth(-0.1, 0.66, share)), low, smooth(0.4, 1.04, share));
  });
}

export function paintStars(canvas: Canvas, chance: Chance, horizon: number, count: number): void {
  const { width, height, unit, lab } = canvas;
  const deepest = Math.min(height, horizon * unit + height / 2);
  for (let star = 0; star < count; star += 1) {
    const x = chance.unit() * width;
    const y = chance.unit() * deepest;
    const rank = chance.unit();
    const brightness = rank * rank;
    const share = (0.25 + 0.75 * brightness) * smooth(deepest, deepest * 0.55, y);
    const radius = Math.max(0.75, unit * (0.0006 + 0.0013 * brightness * brightness * brightness));
    const colour: Lab = [0.97, chance.between(-0.02, 0.02), chance.between(-0.03, 0.03)];
    around(canvas, x, y, radius * 3, (at, distance) => {
      const near = distance / radius;
      cover(lab, at, colour, (share * 0.9) / (1 + near * near * near * near) - share * 0.011);
    });
  }
}

type Sun = Pick<Sky, 'sunX' | 'sunY' | 'sunRadius'>;

function paintSun(canvas: Canvas, chance: Chance, air: Atmosphere, { sunX, sunY, sunRadius }: Sun): void {
  const { width, height, unit, lab } = canvas;
  const noise = createNoise(chance);
  const isMoon = air.time === 'night';
  const radius = sunRadius * unit;
  const x = sunX * unit + width / 2;
  const y = sunY * unit + height / 2;
  const shadowed = mixColours(air.disc, air.glow, 0.45);
  around(canvas, x, y, radius + 1, (at, distance) => {
    const pixel = at / 3;
    const px = ((pixel % width) - x) / radius;
    const py = (Math.floor(pixel / width) - y) / radius;
    const spots = isMoon ? smooth(0, 0.5, noise.layered(px * 1.4, py * 1.4, 4)) * 0.5 : 0;
    cover(lab, at, spots > 0 ? mixColours(air.disc, shadowed, spots) : air.disc, clamp(radius - distance + 0.5, 0, 1));
  });
}

function paintClouds(canvas: Canvas, chance: Chance, air: Atmosphere, sky: Sky, more: number): void {
  const { width, height, unit, lab } = canvas;
  const noise = createNoise(chance);
  const stretch = chance.between(3.2, 5.5);
  const scale = chance.between(1.3, 2.2);
  const amount = chance.between(-0.02, 0.12) + more;
  const isNight = air.time === 'night';
  const lit = mixColours(air.glow, air.sky[2], 0.4);
  const shaded = mixColours(air.sky[1], air.mist, 0.5);
  const lowest = Math.min(height, Math.ceil(sky.horizon * unit + height / 2));
  for (let row = 0; row < lowest; row += 1) {
    const y = (row + 0.5 - height / 2) / unit;
    const above = (sky.horizon - y) / (sky.horizon + height / unit / 2);
    const presence = smooth(0.02, 0.25, above) * smooth(1.1, 0.5, above);
    if (presence === 0) continue;
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - width / 2) / unit;
      const cx = x * scale;
      const cy = y * scale * stretch;
      const bend = noise.at(cx * 0.7, cy * 0.5) * 0.5;
      const density = noise.layered(cx + bend, cy + bend, 5) + amount;
      if (density <= 0) continue;
      const towardsSun = noise.layered(cx + bend + (sky.sunX - x) * 0.12, cy + bend + (sky.sunY - y) * 0.5, 2) + amount;
      const light = smooth(0.35, -0.25, towardsSun);
      const share = smooth(0, 0.42, density) * presence * (isNight ? 0.34 : 0.62);
      cover(lab, (row * width + column) * 3, mixColours(shaded, lit, light), share);
    }
  }
}
