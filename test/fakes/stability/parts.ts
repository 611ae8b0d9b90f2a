import sharp from 'sharp';

/** Pixels a picture may have: per side, and in all. */
interface PictureRule {
  readonly side: readonly [min: number, max: number];
  readonly pixels: readonly [min: number, max: number];
  /** How many times longer than wide. */
  readonly longest?: number;
}

export interface PartRule {
  readonly isRequired?: boolean;
  /** What is wrong with a text, in the service's words; null where nothing is. */
  readonly text?: (value: string) => string | null;
  readonly picture?: PictureRule;
}

export type PartRules = Readonly<Record<string, PartRule>>;

export interface Picture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface Parts {
  readonly texts: Readonly<Record<string, string>>;
  readonly pictures: Readonly<Record<string, Picture>>;
  /** Empty where all is well. */
  readonly errors: readonly string[];
}

const any = Number.MAX_SAFE_INTEGER;
export const general: PictureRule = { side: [64, any], pixels: [4096, 9_437_184] };
export const shaped: PictureRule = { ...general, longest: 2.5 };

export const text = (most = 10_000): PartRule => ({
  text: (value) =>
    value.length < 1 || value.length > most ? `must be between 1 and ${most} characters, got ${value.length}` : null,
});
export const number = (min: number, max: number): PartRule => ({
  text: (value) => {
    const isNumber = /^-?\d+(\.\d+)?$/.test(value);
    return isNumber && Number(value) >= min && Number(value) <= max ? null : `must be between ${min} and ${max}`;
  },
});
export const oneOf = (...values: readonly string[]): PartRule => ({
  text: (value) => (values.includes(value) ? null : `must be one of ${values.join(', ')}`),
});
export const required = (rule: PartRule): PartRule => ({ ...rule, isRequired: true });
export const picture = (rule: PictureRule): PartRule => ({ picture: rule });

/** Reads a form against an endpoint's rules; a part that the endpoint does not know is an error. */
export async function readParts(form: FormData, rules: PartRules): Promise<Parts> {
  const texts: Record<string, string> = {};
  const pictures: Record<string, Picture> = {};
  const errors: string[] = [];
  for (const [name, value] of form.entries()) {
    const rule = rules[name];
    if (!rule) {
      errors.push(`${name}: unrecognized part`);
    } else if (typeof value === 'string') {
      const problem = rule.text ? rule.text(value) : 'must be a file';
      if (problem !== null) errors.push(`${name}: ${problem}`);
      texts[name] = value;
    } else {
      const read = rule.picture ? await readPicture(value, rule.picture) : 'must be text';
      if (typeof read === 'string') errors.push(`${name}: ${read}`);
      else pictures[name] = read;
    }
  }
  for (const [name, { isRequired }] of Object.entries(rules)) {
    if (isRequired && texts[name] === undefined && pictures[name] === undefined) errors.push(`${name}: required`);
  }
  return { texts, pictures, errors };
}

async function readPicture(file: File, { side, pixels, longest }: PictureRule): Promise<Picture | string> {
  if (!['image/png', 'image/jpeg', 'image/webp'].includes(file.type)) return `unsupported type ${file.type}`;
  const bytes = Buffer.from(await file.arrayBuffer());
  try {
    const { format, width, height } = await sharp(bytes).metadata();
    if (`image/${format}` !== file.type) return 'is not what its type says';
    // Decoded whole, so that a damaged file is noticed.
    await sharp(bytes).stats();
    if (Math.min(width, height) < side[0] || Math.max(width, height) > side[1]) return 'invalid dimensions';
    if (width * height < pixels[0] || width * height > pixels[1]) return 'invalid number of pixels';
    if (longest !== undefined && Math.max(width / height, height / width) > longest) return 'invalid aspect ratio';
    return { bytes, width, height };
  } catch {
    return 'is not an image';
  }
}
