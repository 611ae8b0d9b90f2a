interface ModelRow {
  readonly provider: string;
  readonly model: string;
}

/** Rows by provider and by model: the shape in which routing looks up what is known of a model. */
export function byModel<Row extends ModelRow, Value>(
  rows: readonly Row[],
  valueOf: (rows: readonly Row[]) => Value,
): Record<string, Record<string, Value>> {
  return grouped(rows, 'provider', (ofProvider) => grouped(ofProvider, 'model', valueOf));
}

function grouped<Row extends ModelRow, Value>(
  rows: readonly Row[],
  by: keyof ModelRow,
  valueOf: (rows: readonly Row[]) => Value,
): Record<string, Value> {
  const groups = Map.groupBy(rows, (row) => row[by]);
  return Object.fromEntries([...groups].map(([key, some]) => [key, valueOf(some)]));
}
