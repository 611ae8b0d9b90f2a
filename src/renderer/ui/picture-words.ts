import type { ImageSummary } from '../../shared/models/image.ts';

/** What a screen reader says for a picture: what it shows, where somebody has said so, else its prompt; empty where it has neither. */
export function pictureWords({ altText, prompt }: Pick<ImageSummary, 'altText' | 'prompt'>): string {
  return altText ?? prompt;
}
