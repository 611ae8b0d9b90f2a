/** Tunes that anybody can use. */
export const baseTunes = { flux: '1504944', sdxl: '666678', realisticVision: '690204' } as const;

/**
 * What a model's id stands for: a tune (`1504944`), a trained one that is named inside the prompt of its base
 * (`lora/1504944/2190031`, `faceid/1504944/2190031`), the upscaler (`upscale/1504944`) or a video model (`video/wan25_720p`).
 */
export interface ModelUse {
  /** The tune that the prompt is posted to. */
  readonly host: string;
  /** Goes before the prompt's words. */
  readonly mention: string | null;
  readonly upscales: boolean;
  readonly video: string | null;
}

const plain: Omit<ModelUse, 'host'> = { mention: null, upscales: false, video: null };

/** Null for an id that no model of Astria can have. */
export function parseModelId(id: string): ModelUse | null {
  if (/^\d+$/.test(id)) return { ...plain, host: id };
  const [, kind = '', host = '', tune = ''] = /^(lora|faceid)\/(\d+)\/(\d+)$/.exec(id) ?? [];
  if (kind !== '') return { ...plain, host, mention: `<${kind}:${tune}:1>` };
  const upscaler = /^upscale\/(\d+)$/.exec(id)?.[1];
  if (upscaler !== undefined) return { ...plain, host: upscaler, upscales: true };
  const video = /^video\/(\w+)$/.exec(id)?.[1];
  return video === undefined ? null : { ...plain, host: baseTunes.flux, video };
}
