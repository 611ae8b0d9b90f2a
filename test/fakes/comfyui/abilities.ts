/** What a ComfyUI of some version can do; each entry came with the release named beside it. */
export interface Abilities {
  readonly ownPromptIds: boolean;
  readonly featureFlags: boolean;
  readonly interruptById: boolean;
  readonly createTime: boolean;
  readonly previewMethod: boolean;
  readonly jobs: boolean;
  readonly missingNodeType: boolean;
  readonly secFetchRule: boolean;
  readonly canonicalIds: boolean;
  readonly cancelRoutes: boolean;
}

function isAtLeast(version: string, wanted: string): boolean {
  const parts = version.split('.').map(Number);
  const wantedParts = wanted.split('.').map(Number);
  for (const [index, part] of wantedParts.entries()) {
    const mine = parts[index] ?? 0;
    if (mine !== part) return mine > part;
  }
  return true;
}

export function abilitiesOf(version: string): Abilities {
  return {
    ownPromptIds: isAtLeast(version, '0.3.45'),
    featureFlags: isAtLeast(version, '0.3.45'),
    interruptById: isAtLeast(version, '0.3.57'),
    createTime: isAtLeast(version, '0.3.69'),
    previewMethod: isAtLeast(version, '0.5.0'),
    jobs: isAtLeast(version, '0.6.0'),
    missingNodeType: isAtLeast(version, '0.12.0'),
    secFetchRule: isAtLeast(version, '0.19.0'),
    canonicalIds: isAtLeast(version, '0.25.0'),
    cancelRoutes: isAtLeast(version, '0.26.0'),
  };
}
