import type { InputSpec, NodeInfo, ObjectInfo } from './answers.ts';
import { isLink, type Graph } from './graph.ts';

/** Something a graph needs and a server doesn't have. */
export type Missing =
  | { readonly kind: 'node'; readonly className: string }
  | { readonly kind: 'file'; readonly folder: string; readonly file: string }
  | { readonly kind: 'choice'; readonly input: string; readonly value: string }
  | { readonly kind: 'input'; readonly className: string; readonly input: string };

/** The folder behind an input that names a file. */
const folderOfInput: Readonly<Record<string, string>> = {
  ckpt_name: 'checkpoints',
  unet_name: 'diffusion_models',
  clip_name1: 'text_encoders',
  clip_name2: 'text_encoders',
  vae_name: 'vae',
  lora_name: 'loras',
  model_name: 'upscale_models',
};

function optionsOf(spec: InputSpec): Readonly<Record<string, unknown>> {
  const options: unknown = Array.isArray(spec) ? spec[1] : null;
  return typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};
}

/** What may be chosen, in either of the two forms servers use; null where the input isn't a choice or its list isn't told. */
export function choicesOf(spec: InputSpec): readonly string[] | null {
  if (!Array.isArray(spec)) return null;
  const type: unknown = spec[0];
  const listed: unknown = type === 'COMBO' ? optionsOf(spec).options : type;
  return Array.isArray(listed) ? listed.map(String) : null;
}

/** The choices of one input of one class; empty where the server lacks it. */
export function choicesAt(info: ObjectInfo, className: string, input: string): readonly string[] {
  return choicesOf(info[className]?.input?.required?.[input]) ?? [];
}

function checkNode(className: string, inputs: Graph[string]['inputs'], info: NodeInfo): Missing[] {
  const missing: Missing[] = [];
  const required = info.input?.required ?? {};
  for (const input of Object.keys(required)) {
    if (inputs[input] === undefined) missing.push({ kind: 'input', className, input });
  }
  for (const [input, value] of Object.entries(inputs)) {
    const spec = required[input] ?? info.input?.optional?.[input];
    if (spec === undefined || isLink(value)) continue;
    // Uploaded pictures are accepted though they aren't in the list.
    if (optionsOf(spec).image_upload === true) continue;
    const choices = choicesOf(spec);
    if (choices === null || choices.includes(String(value))) continue;
    const folder = folderOfInput[input];
    missing.push(
      folder ? { kind: 'file', folder, file: String(value) } : { kind: 'choice', input, value: String(value) },
    );
  }
  return missing;
}

/** Everything a graph needs that the server doesn't have, each thing once. */
export function checkGraph(graph: Graph, info: ObjectInfo): readonly Missing[] {
  const all = Object.values(graph).flatMap(({ class_type: className, inputs }): Missing[] => {
    const known = info[className];
    return known ? checkNode(className, inputs, known) : [{ kind: 'node', className }];
  });
  const seen = new Set<string>();
  return all.filter((each) => {
    const key = JSON.stringify(each);
    return !seen.has(key) && seen.add(key);
  });
}

const inputNames: Readonly<Record<string, string>> = { sampler_name: 'sampler', scheduler: 'scheduler' };

function phraseOf(missing: Missing): string {
  switch (missing.kind) {
    case 'node':
      return `the node ${missing.className}`;
    case 'file':
      return `the file ${missing.file} (folder models/${missing.folder})`;
    case 'choice':
      return `the ${inputNames[missing.input] ?? missing.input} "${missing.value}"`;
    case 'input':
      return `a value for ${missing.input} of the node ${missing.className}, which this version of Easel does not send`;
  }
}

/** One sentence that names all of it and one that says what to do. */
export function describeMissing(missing: readonly Missing[]): string {
  const remedies = [
    missing.some(({ kind }) => kind === 'file') ? 'Put the files into their folders' : null,
    missing.some(({ kind }) => kind === 'node' || kind === 'input') ? 'update ComfyUI' : null,
    missing.some(({ kind }) => kind === 'choice') ? 'choose something that it offers' : null,
  ].filter((remedy) => remedy !== null);
  const remedy = remedies.join(', ');
  return `ComfyUI lacks what this needs: ${missing.map(phraseOf).join('; ')}. ${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}, then try again.`;
}
