import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import { longestShape, makesAnySize } from './models.ts';

/** Makes a shape longer than three to one as long as OpenAI draws, and says so. Sizes are pixels, multiples of 16. */
export function fitShape(
  engine: string,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly size: string; readonly dropped: readonly DroppedParameter[] } {
  const longest = longestShape * Math.min(width, height);
  if (!makesAnySize(engine) || Math.max(width, height) <= longest) return { size: `${width}x${height}`, dropped: [] };
  const [wide, high] = [Math.min(width, longest), Math.min(height, longest)];
  const note = `OpenAI makes shapes up to ${longestShape}:1, so the size became ${wide}×${high}.`;
  return { size: `${wide}x${high}`, dropped: [{ parameter: 'size', note }] };
}
