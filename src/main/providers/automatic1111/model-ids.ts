/** A model's id is what it is used for and its name at the server: `models/sd_xl_base_1.0`, `upscalers/R-ESRGAN 4x+`. */
export interface ModelName {
  readonly use: 'models' | 'upscalers';
  readonly name: string;
}

export function modelIdOf({ use, name }: ModelName): string {
  return `${use}/${name}`;
}

/** Null for an id that no model of these servers can have. */
export function parseModelId(id: string): ModelName | null {
  const use = (['models', 'upscalers'] as const).find((each) => id.startsWith(`${each}/`));
  return use ? { use, name: id.slice(use.length + 1) } : null;
}

/**
 * A file's name without folders, extension and the hash that a title ends with once it is known. Only known extensions are cut:
 * in `sd_xl_base_1.0` the `.0` is part of the name.
 */
export function stemOf(title: string): string {
  const file = title.replace(/ \[[0-9a-f]+\]$/i, '');
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name.replace(/\.(safetensors|ckpt|pth|pt|bin|gguf|sft)$/i, '');
}
