/** What scripts read is snake_case, everywhere; this is the one place that converts. Values, file names and names of models stay as they are. */
export function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      /^[a-z0-9]+$/i.test(name) ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name,
      snakeCase(inner),
    ]),
  );
}
