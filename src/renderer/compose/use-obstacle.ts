import { useTranslation } from 'react-i18next';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import { composeContext, routeContext } from './compose-context.ts';
import { limitInTheWay } from './limit-words.ts';
import { isUsable } from './model-choice.ts';
import { routeLine } from './route-words.ts';
import { useCompose } from './use-compose.ts';

interface Obstacle {
  /** The first thing to put right. */
  readonly words: string;
  /** The line about the route says it already. */
  readonly isOfRoute: boolean;
}

/** What keeps the draft from being sent now, as the line under the button says it; null: nothing. */
export function useObstacle(): Obstacle | null {
  const { t } = useTranslation('compose');
  const { chosen, problem, wrongNumber } = useCompose();
  const uploading = composeContext.useStore(
    (state) => state.uploading.image || state.uploading.mask || state.addingReferences > 0,
  );
  const plan = routeContext.useStore((state) => state.plan);
  const now = routeContext.useStore((state) => state.now);
  const providers = providersContext.useStore((state) => state.providers);
  const routing = routingContext.useStore((state) => state.routing);
  const own = (words: string): Obstacle => ({ words, isOfRoute: false });

  if (wrongNumber !== null) return own(t('problems.numberWrong', { field: wrongNumber }));
  if (problem === null) return uploading ? own(t('problems.uploading')) : null;
  if (problem === 'nobodyCan') {
    const known = { providers, routing, now };
    const words = limitInTheWay(plan, known)?.words ?? routeLine(plan, known) ?? t('problems.nobodyCan');
    return { words, isOfRoute: plan.route !== null };
  }
  if (problem === 'noModel') {
    return own(t(providers.some(isUsable) ? 'problems.noModel' : 'problems.noModelAtAll'));
  }
  const { manifest, health } = chosen?.provider ?? {};
  return own(t(`problems.${problem}`, { provider: manifest?.name ?? '', reason: health?.message ?? '' }));
}
