/** Reasons a running job is stopped with. */
export const stopReasons = { cancel: new Error('cancelled by the user'), close: new Error('Easel closes') } as const;
