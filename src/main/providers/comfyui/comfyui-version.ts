/** From this release on ComfyUI takes ids made by its clients and tells which preview is whose. */
const oldestComplete = [0, 3, 45] as const;

/** Whether a version is so old that something is missing; an unreadable one is taken for a new one. */
export function isOldVersion(version: string): boolean {
  const parts = /^v?(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(version)
    ?.slice(1)
    .map((part) => Number(part || 0));
  if (!parts) return false;
  for (const [index, wanted] of oldestComplete.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part < wanted;
  }
  return false;
}

/** What is said of a server that answers. */
export function describeVersion(version: string | null): string {
  if (version === null)
    return 'A ComfyUI that does not tell its version is ready. It is probably old: update it if something fails.';
  return isOldVersion(version)
    ? `ComfyUI ${version} is ready, but older than 0.3.45: previews may be missing. Update it when you can.`
    : `ComfyUI ${version} is ready.`;
}
