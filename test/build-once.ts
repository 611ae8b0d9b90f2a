import { buildIfNeeded } from '../scripts/build-if-needed.js';

/** These suites run the built program, as users do. */
export default function setup(): void {
  buildIfNeeded();
}
