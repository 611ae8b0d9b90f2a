import type { RoutingSettings } from '../../shared/models/routing.ts';
import type { Strategy } from '../../shared/models/route-wishes.ts';
import { translate } from '../i18n/i18n.ts';

/** What a strategy does, in a sentence. Where no primary provider is chosen, it says who is first instead. */
export function explainStrategy(
  strategy: Strategy,
  { primary, fallbacks }: Pick<RoutingSettings, 'primary' | 'fallbacks'>,
): string {
  if (strategy !== 'primary_first' || primary !== null) return translate(`ui:strategies.${strategy}.explains`);
  return translate(fallbacks.length > 0 ? 'ui:fixedOrder.fallbacks' : 'ui:fixedOrder.list');
}
