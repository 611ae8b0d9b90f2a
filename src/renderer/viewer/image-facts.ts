import type { Cost } from '../../shared/models/cost.ts';
import type { Image } from '../../shared/models/image.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { viewer } from '../i18n/en/viewer.ts';
import { translate } from '../i18n/i18n.ts';
import { formatBytes, formatCost, formatDateTime, formatNumber, formatSeconds, formatSize } from '../ui/format.ts';

/** One line of the details. `name` is a key of `viewer:facts`. */
export interface ImageFact {
  readonly name: keyof (typeof viewer)['facts'];
  readonly value: string;
  /** Longer than what is shown: the whole hash. */
  readonly whole?: string;
}

function costWords(cost: Cost): string {
  if (cost.kind === 'unknown') return translate('viewer:costKind.unknown');
  if (cost.usd === 0) return translate('viewer:costKind.free');
  return translate(`viewer:costKind.${cost.kind}`, { amount: formatCost(cost) });
}

/** What is known of an image, in the order to show it; what isn't known is left out, money never is. */
export function imageFacts(image: Image, providers: readonly ProviderStatus[]): ImageFact[] {
  const { request } = image;
  const provider = providers.find(({ manifest }) => manifest.id === image.provider);
  const model = [...(provider?.models ?? []), ...(provider?.manifest.models ?? [])].find(
    ({ id }) => id === image.model,
  );
  const loras = request.loras.map(({ name, weight }) =>
    translate('viewer:lora', { name, weight: formatNumber(weight, 2) }),
  );
  const known = (name: ImageFact['name'], value: string | null | undefined, whole?: string): ImageFact[] =>
    value === null || value === undefined || value === ''
      ? []
      : [{ name, value, ...(whole !== undefined && { whole }) }];
  const number = (value: number | undefined): string | null => (value === undefined ? null : formatNumber(value, 2));

  return [
    ...known('provider', provider?.manifest.name ?? image.provider),
    ...known('model', model?.name ?? image.model),
    // A seed is a name, not an amount: no thousands separators.
    ...known('seed', image.seed === null ? null : String(image.seed)),
    ...known('size', formatSize(image.width, image.height)),
    ...known('steps', number(request.steps)),
    ...known('guidance', number(request.guidance)),
    ...known('sampler', request.sampler),
    ...known('scheduler', request.scheduler),
    ...known('strength', number(request.strength)),
    ...known('style', request.style),
    ...known(
      'scale',
      request.scale === undefined ? null : translate('viewer:times', { factor: formatNumber(request.scale, 2) }),
    ),
    ...known('length', request.seconds === undefined ? null : formatSeconds(request.seconds)),
    ...known('loras', loras.join(', ')),
    ...known('duration', image.generationMs === null ? null : formatSeconds(image.generationMs / 1000)),
    ...known('cost', costWords(image.cost)),
    ...known('created', formatDateTime(image.createdAt)),
    ...known('project', image.project),
    ...known(
      'file',
      translate('viewer:fileFacts', { format: image.format.toUpperCase(), bytes: formatBytes(image.bytes) }),
    ),
    ...known('hash', `${image.hash.slice(0, 12)} …`, image.hash),
    ...known('remoteId', image.remoteId),
  ];
}
