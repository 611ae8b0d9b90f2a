export function findChromium(options: { install: boolean }): Promise<string | null>;
export const chromiumArguments: string[];
