import { dollarDigits, exactDollarDigits } from '../../shared/dollars.ts';
import type { Cost } from '../../shared/models/cost.ts';
import { i18n, translate } from '../i18n/i18n.ts';

const language = (): string => i18n.resolvedLanguage ?? 'en';

/** "$0.0040": what something costs or came to. */
export function formatUsd(usd: number): string {
  return usdWith(dollarDigits(usd), usd);
}

/** "$0.0125": a price, a cap or a top price, as it was set. */
export function formatExactUsd(usd: number): string {
  return usdWith(exactDollarDigits(usd), usd);
}

function usdWith(digits: number, usd: number): string {
  return new Intl.NumberFormat(language(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(usd);
}

/** Money with its kind: "$0.0040", "≈ $0.004", "price unknown", "free". */
export function formatCost(cost: Cost): string {
  switch (cost.kind) {
    case 'unknown':
      return translate('ui:cost.unknown');
    case 'estimated':
      return cost.usd === 0
        ? translate('ui:cost.free')
        : translate('ui:cost.estimated', { amount: formatUsd(cost.usd) });
    case 'reported':
      return cost.usd === 0
        ? translate('ui:cost.free')
        : translate('ui:cost.reported', { amount: formatUsd(cost.usd) });
  }
}

/** "0.8 s", "42 s", "3 min 20 s", "1 h 5 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95 && !Number.isInteger(seconds))
    return translate('ui:duration.seconds', { seconds: formatNumber(seconds, seconds < 0.05 ? 2 : 1) });
  const whole = Math.round(seconds);
  if (whole < 60) return translate('ui:duration.seconds', { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60 && whole % 60 === 0) return translate('ui:duration.wholeMinutes', { minutes });
  if (minutes < 60) return translate('ui:duration.minutes', { minutes, seconds: whole % 60 });
  return translate('ui:duration.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** "now", "40 sec. ago", "3 min. ago", "2 days ago"; `milliseconds` lie between then and now. */
export function formatAgo(milliseconds: number): string {
  const format = new Intl.RelativeTimeFormat(language(), { style: 'short', numeric: 'auto' });
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return format.format(-seconds, 'second');
  if (seconds < 3_600) return format.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3_600), 'hour');
  return format.format(-Math.floor(seconds / 86_400), 'day');
}

/** "99.2 %": a part of one; what is not whole is never rounded to it. */
export function formatShare(share: number): string {
  const percent = share < 1 ? Math.min(99.9, share * 100) : 100;
  return translate('ui:percent', { percent: formatNumber(percent, 1) });
}

export function formatNumber(value: number, maximumFractionDigits = 0): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits }).format(value);
}

/** "1.4 MB", in decimal units as disks have. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

/** "20 Nov 2026, 16:21", in the user's own way; milliseconds since 1970. */
export function formatDateTime(milliseconds: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}

/** "16:21:07", in the user's own way; milliseconds since 1970. */
export function formatTime(milliseconds: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(milliseconds);
}

/** "20 Nov 2026", in the user's own way, of a date like 2026-11-20. */
export function formatDate(date: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
}

/** "512 × 768". */
export function formatSize(width: number, height: number): string {
  return `${width} × ${height}`;
}
