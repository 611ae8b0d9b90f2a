import { AppError } from '../../shared/errors.ts';

const leastUsd = 0.000001;

/**
 * An amount as people type it: "0.04", "$5". Throws AppError for anything that is no amount, below zero, beyond a million, or less
 * than the millionth of a dollar that is shown.
 */
export function readUsd(text: string, name: string, wanted: string): number {
  const amount = /^\$?(\d+(?:\.\d+)?|\.\d+)$/.exec(text.trim())?.[1];
  const usd = Number(amount);
  if (amount === undefined || usd > 1_000_000) {
    throw new AppError('badInput', `${name} takes ${wanted}, from 0 to 1000000, not "${text}".`);
  }
  if (usd > 0 && usd < leastUsd) {
    throw new AppError('badInput', `${name} takes 0, or at least ${leastUsd.toFixed(6)}, not "${text}".`);
  }
  return usd;
}
