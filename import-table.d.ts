export const rows: readonly { readonly name: string; readonly paths: readonly string[] }[];
export const rendererFeatures: readonly string[];
export const sharedPackages: readonly string[];
