/** A model's id is the server's folder and the file's name as the server writes it: `checkpoints/SDXL\base.safetensors`. */
export const modelFolders = ['checkpoints', 'diffusion_models', 'upscale_models'] as const;
export type ModelFolder = (typeof modelFolders)[number];

export interface ModelFile {
  readonly folder: ModelFolder;
  /** Relative to the folder, with the server's own separators. */
  readonly file: string;
}

export function modelIdOf({ folder, file }: ModelFile): string {
  return `${folder}/${file}`;
}

/** Null for an id that no ComfyUI model can have. */
export function parseModelId(id: string): ModelFile | null {
  const folder = modelFolders.find((each) => id.startsWith(`${each}/`));
  return folder ? { folder, file: id.slice(folder.length + 1) } : null;
}

/** The file's name without folders and extension. */
export function stemOf(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name.replace(/\.[a-z0-9]{2,12}$/i, '');
}
