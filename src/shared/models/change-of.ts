import { z } from 'zod';

type Bare<Field> =
  Field extends z.ZodDefault<infer Inner>
    ? Bare<Inner>
    : Field extends z.ZodPrefault<infer Inner>
      ? Bare<Inner>
      : Field;
type ChangeShape<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<Bare<Shape[Name]>> };

/** A change of what `schema` describes: only what is given. `partial()` alone would set what is not given to its default. */
export function changeOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.ZodObject<ChangeShape<Shape>> {
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, z.optional(bare(field))]);
  return z.object(Object.fromEntries(fields) as ChangeShape<Shape>);
}

function bare(field: unknown): z.ZodType {
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault) return bare(field.unwrap());
  return field as z.ZodType;
}
