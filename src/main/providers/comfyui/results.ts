import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type ResultImage } from '../provider.ts';
import { ExecutionError, OutputImage, type ExecutionStatus, type Outputs } from './answers.ts';

function imagesOf(outputs: Outputs): readonly OutputImage[] {
  const all = Object.values(outputs).flatMap((output) => {
    const listed = (output as { images?: unknown } | null)?.images;
    return Array.isArray(listed) ? listed.flatMap((image) => OutputImage.safeParse(image).data ?? []) : [];
  });
  const saved = all.filter(({ type }) => (type ?? 'output') === 'output');
  return saved.length > 0 ? saved : all.filter(({ type }) => type === 'temp');
}

/** ComfyUI ends its messages with a newline and may put several lines in them; people read the first. */
function firstLineOf(text: string | null | undefined): string {
  return text?.trim().split('\n')[0]?.trim() ?? '';
}

function failureOf(value: unknown): ProviderError {
  const error = ExecutionError.safeParse(value).data ?? {};
  const text = error.exception_message?.trim() ?? '';
  const isOutOfMemory =
    /out of memory|allocation on device/i.test(text) || (error.exception_type ?? '').endsWith('OutOfMemoryError');
  if (isOutOfMemory) {
    const message = `ComfyUI ran out of memory${error.node_type ? ` in ${error.node_type}` : ''}. Try a smaller size or a smaller model, or close other programs that use the graphics card.`;
    return new ProviderError('server', message, { providerText: text, isFinal: true });
  }
  const line = firstLineOf(text) || firstLineOf(error.exception_type) || 'it gave no reason';
  return new ProviderError('server', `ComfyUI failed in ${error.node_type ?? 'a node'}: ${line}`, {
    providerText: text,
    isFinal: true,
  });
}

/** Throws what went wrong with a run that has ended; does nothing after a success. */
export function throwIfFailed({ status_str, completed, messages }: ExecutionStatus): void {
  const last = messages?.findLast(([type]) => type === 'execution_error' || type === 'execution_interrupted');
  if (last?.[0] === 'execution_interrupted') {
    throw new ProviderError('cancelled', 'It was stopped in ComfyUI.', { isFinal: true });
  }
  if (last) throw failureOf(last[1]);
  if (status_str === 'error' || completed === false) throw failureOf(null);
}

/** Fetches what a finished run saved, byte for byte; its previews only where it saved nothing. */
export async function downloadResults(
  http: Http,
  outputs: Outputs,
  seed: number | null,
  options: CallOptions,
): Promise<ResultImage[]> {
  const images = imagesOf(outputs);
  if (images.length === 0) {
    throw new ProviderError('server', 'ComfyUI finished without a picture.', { isFinal: true });
  }
  return Promise.all(
    images.map(async ({ filename, subfolder, type }, index): Promise<ResultImage> => {
      const query = { filename, subfolder: subfolder ?? '', type: type ?? 'output' };
      const bytes = await http.getFile('/view', {
        ...options,
        query,
        explain: ({ status }) =>
          status === 404
            ? new ProviderError(
                'server',
                `The picture ${filename} is gone from ComfyUI's output folder. Generate it again.`,
                { isFinal: true },
              )
            : null,
      });
      // A batch shares its seed; only the first picture can be drawn again from it alone.
      return { bytes, seed: index === 0 ? seed : null };
    }),
  );
}
