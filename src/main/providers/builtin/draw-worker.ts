import { move } from 'piscina';
import { drawPicture, type Picture } from './draw-picture.ts';
import { encodePng } from './encode-png.ts';

/** Runs in a thread of its own: draws one picture and hands over its PNG. */
export default function draw(picture: Picture): unknown {
  return move(encodePng(drawPicture(picture), picture.width, picture.height));
}
