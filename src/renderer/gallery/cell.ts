import type { ImageSummary } from '../../shared/models/image.ts';

/** What one cell shows. `key` stays with an image wherever it goes; lengths are CSS pixels inside the sheet. */
export interface CellContent {
  readonly key: number;
  readonly place: number;
  readonly x: number;
  readonly y: number;
  readonly image: ImageSummary | undefined;
  /** Where its thumbnail is. */
  readonly url: string | null;
  /** False while the scroll bar flies: a picture that is there stays, no other is asked for. */
  readonly mayLoad: boolean;
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

/** Words of a cell, translated. */
export interface CellWords {
  readonly label: (image: ImageSummary | undefined) => string;
  readonly missing: string;
}

export interface Cell {
  readonly element: HTMLElement;
  /** Null for a cell that shows nothing. */
  key: number | null;
  place: number;
  x: number;
  y: number;
  draw(content: CellContent, total: number): void;
  /** Takes it out of view and stops loading its picture. */
  clear(): void;
}

/**
 * Two elements that are filled anew again and again, and a third one only where there is a rating to show. Only what differs is
 * written, because each write costs a frame time.
 */
export function createCell(id: string, words: CellWords): Cell {
  const element = document.createElement('div');
  const picture = document.createElement('img');
  element.id = id;
  element.setAttribute('role', 'option');
  picture.alt = '';
  picture.decoding = 'async';
  picture.draggable = false;
  element.append(picture);
  element.hidden = true;

  let url: string | null = null;
  /** The image that the label is of; null: none yet. */
  let labelled: ImageSummary | undefined | null = null;
  let total = -1;
  let isSelected: boolean | null = null;
  let isActive: boolean | null = null;
  let rating: number | null = null;
  let stars: HTMLElement | null = null;

  // A picture stays invisible until it is there: an <img> shows its old picture while the new one loads.
  picture.addEventListener('load', () => (element.dataset.state = 'shown'));
  picture.addEventListener('error', () => {
    if (url === null) return;
    element.dataset.state = 'missing';
    element.dataset.note = words.missing;
  });

  const showPicture = (next: string | null): void => {
    if (next === url) return;
    url = next;
    element.dataset.state = 'empty';
    if (next !== null) picture.src = next;
    // One that is there stays, unseen: an <img> without a source is laid out anew as its alternative text, four elements for one.
    else if (!picture.complete) picture.removeAttribute('src');
  };

  const showRating = (next: number | null): void => {
    if (next === rating) return;
    rating = next;
    stars ??= document.createElement('span');
    stars.textContent = '★'.repeat(next ?? 0);
    // The label of the cell says it.
    stars.ariaHidden = 'true';
    if (next === null) stars.remove();
    else if (stars.parentElement === null) element.append(stars);
  };

  const cell: Cell = {
    element,
    key: null,
    place: -1,
    x: Number.NaN,
    y: Number.NaN,
    draw(content, newTotal) {
      if (cell.key === null) element.hidden = false;
      const isOther = cell.key !== content.key;
      cell.key = content.key;
      if (cell.x !== content.x || cell.y !== content.y) {
        cell.x = content.x;
        cell.y = content.y;
        element.style.transform = `translate(${content.x}px, ${content.y}px)`;
      }
      if (cell.place !== content.place) {
        cell.place = content.place;
        element.ariaPosInSet = String(content.place + 1);
      }
      if (total !== newTotal) {
        total = newTotal;
        element.ariaSetSize = String(newTotal);
      }
      if (labelled !== content.image) {
        labelled = content.image;
        element.ariaLabel = words.label(content.image);
      }
      if (isSelected !== content.isSelected) {
        isSelected = content.isSelected;
        element.ariaSelected = String(isSelected);
      }
      if (isActive !== content.isActive) {
        isActive = content.isActive;
        element.toggleAttribute('data-active', isActive);
      }
      showRating(content.image?.rating ?? null);
      if (content.mayLoad) showPicture(content.url);
      else if (isOther) showPicture(null);
    },
    clear() {
      if (cell.key === null) return;
      cell.key = null;
      element.hidden = true;
      isActive = false;
      element.removeAttribute('data-active');
      showPicture(null);
    },
  };
  return cell;
}
