import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Model, ProviderStatus } from '../../shared/models/provider.ts';
import { didYouMean } from '../../shared/nearest-names.ts';

const prompt = 'A red apple on a white table';
const project = 'Test pictures';
/** Pixels a side: small, and still enough for most models to draw something. */
const usualSide = 256;

/** Why nothing can be tried there before something else is done. */
const codeOf: Partial<Record<ProviderStatus['health']['state'], ErrorCode>> = {
  notSetUp: 'noProvider',
  found: 'noProvider',
  keyMissing: 'auth',
  locked: 'keysLocked',
};

/** One small picture at this provider, to see whether it draws (R10). Throws AppError where it can't. */
export function testGeneration(status: ProviderStatus, wanted?: string): GenerationRequest {
  const { manifest, health, enabled, models } = status;
  const code = codeOf[health.state];
  if (code !== undefined && !(enabled && code === 'noProvider')) throw new AppError(code, health.message);
  const model = wanted === undefined ? models.find(drawsFromText) : models.find(({ id }) => id === wanted);
  if (!model && wanted !== undefined) {
    const known = models.map(({ id }) => id);
    throw new AppError('unknownModel', `${manifest.name} has no model "${wanted}".${didYouMean(wanted, known)}`);
  }
  if (!model || !drawsFromText(model)) {
    const who = model?.name ?? manifest.name;
    throw new AppError('invalid_request', `${who} draws nothing from text alone, so there is no test picture of it.`);
  }
  return GenerationRequest.parse({ prompt, provider: manifest.id, model: model.id, project, ...smallSize(model) });
}

function drawsFromText({ operations }: Model): boolean {
  return operations.includes('textToImage');
}

/** Empty where the model's size can't be chosen. */
function smallSize({ parameters, limits: { side, sizes, pixels } }: Model): { width?: number; height?: number } {
  if (!parameters.includes('size')) return {};
  if (sizes) {
    const [smallest] = [...sizes].sort((left, right) => left.width * left.height - right.width * right.height);
    return smallest ? { width: smallest.width, height: smallest.height } : {};
  }
  const wanted = Math.max(side.min, Math.sqrt(pixels?.min ?? 0), usualSide);
  const up = Math.ceil(wanted / side.multipleOf) * side.multipleOf;
  const down = Math.floor(side.max / side.multipleOf) * side.multipleOf;
  const length = Math.min(up, down);
  return { width: length, height: length };
}
