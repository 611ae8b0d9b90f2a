/**
 * How money is written, everywhere. What something costs or came to is rounded to four digits behind the point below a cent,
 * to three below a dollar, to two from there on: small amounts keep the digits that make them different. What somebody set
 * (a price, a cap, a top price) is never rounded: it has as many digits as that, and more where it needs them.
 */
export function dollarDigits(usd: number): number {
  // By what is shown, so that the same text never comes with more digits from a hair less.
  if (usd === 0 || Number(usd.toFixed(3)) >= 1) return 2;
  return Number(usd.toFixed(4)) >= 0.01 ? 3 : 4;
}

/** The parts of a dollar that a price list or a setting may hold: millionths. */
const mostDigits = 6;

/** For what somebody set, in US dollars. */
export function exactDollarDigits(usd: number): number {
  const [, digits = ''] = usd.toFixed(mostDigits).replace(/0+$/u, '').split('.');
  return Math.max(dollarDigits(usd), digits.length);
}

/** "$0.0040", "$0.040", "$12.50", "$0.00": what something costs or came to. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(dollarDigits(usd))}`;
}

/**
 * An amount beside one that it is compared with, and is not: with as many digits, up to millionths, as it takes to see that.
 * "$0.0104" beside $0.010.
 */
export function dollarsBeside(usd: number, other: number): string {
  let digits = dollarDigits(usd);
  while (digits < mostDigits && Number(usd.toFixed(digits)) === Number(other.toFixed(mostDigits))) digits += 1;
  const isSame = Number(usd.toFixed(digits)) === Number(other.toFixed(mostDigits));
  return isSame ? dollars(usd) : `$${usd.toFixed(digits)}`;
}

/** "$0.0125", "$5.00": what somebody set. */
export function exactDollars(usd: number): string {
  return `$${usd.toFixed(exactDollarDigits(usd))}`;
}
