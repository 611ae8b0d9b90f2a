/** A change without the fields that hold nothing: they say nothing. */
export function given<Change extends object>(
  change: Change,
): { [Name in keyof Change]-?: Exclude<Change[Name], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never;
}
