/** Decides between Ctrl and ⌘. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);
