import { useTranslation } from 'react-i18next';
import type { ProviderMetrics } from '../../shared/models/metrics.ts';
import classes from './provider-pulse.module.css';

const height = 24;
const barWidth = 4;
const gap = 2;

/** The attempts of each hour of the last day, those that failed at their foot. */
export function HourBars({ perHour }: Pick<ProviderMetrics, 'perHour'>) {
  const { t } = useTranslation('providers');
  const attempts = perHour.reduce((sum, hour) => sum + hour.attempts, 0);
  const failed = perHour.reduce((sum, hour) => sum + hour.failed, 0);
  const most = Math.max(1, ...perHour.map((hour) => hour.attempts));
  const width = perHour.length * (barWidth + gap) - gap;
  const label = t('pulse.bars', { count: attempts, failed });
  /** One attempt can still be seen beside a thousand. */
  const tall = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * height));
  return (
    <svg className={classes.bars} width={width} height={height} role="img" aria-label={label}>
      <title>{label}</title>
      {perHour.map((hour, place) => {
        const x = place * (barWidth + gap);
        const whole = tall(hour.attempts);
        const bad = Math.min(whole, tall(hour.failed));
        return (
          <g key={hour.hour}>
            <rect className={classes.ground} x={x} y={height - 1} width={barWidth} height={1} />
            <rect className={classes.good} x={x} y={height - whole} width={barWidth} height={whole - bad} />
            <rect className={classes.bad} x={x} y={height - bad} width={barWidth} height={bad} />
          </g>
        );
      })}
    </svg>
  );
}
