import type { ThumbnailSize } from '../../shared/models/image.ts';

/** Where the page finds pictures. All paths are relative to the page's own origin, in the window and in a browser alike. */

/** The original file, byte for byte. */
export function imageUrl(id: string): string {
  return `/images/${encodeURIComponent(id)}`;
}

/** A WebP whose long side has the pixels of `thumbnailSide[size]`; cached by content. */
export function thumbnailUrl(image: { readonly id: string; readonly hash: string }, size: ThumbnailSize): string {
  return `/thumbnails/${encodeURIComponent(image.hash)}/${size}.webp?id=${encodeURIComponent(image.id)}`;
}

/** The live preview of a running job; `version` is the progress's `previewVersion`, from 1. */
export function previewUrl(jobId: string, version: number): string {
  return `/previews/${encodeURIComponent(jobId)}?v=${version}`;
}

/** A compared picture by its letter, without any mark of who made it: small, or with all its pixels. */
export function comparedPictureUrl(comparison: string, label: string, size?: ThumbnailSize): string {
  const path = `/comparisons/${encodeURIComponent(comparison)}/${encodeURIComponent(label)}`;
  return size === undefined ? path : `${path}?size=${size}`;
}

/** A reference or mask that was uploaded before. */
export function inputUrl(inputId: string): string {
  return `/inputs/${encodeURIComponent(inputId)}`;
}
