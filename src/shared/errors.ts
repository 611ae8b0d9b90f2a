/**
 * The error table: the one place that says what each kind of failure means to HTTP, to a script and to a retry.
 * `status` is the HTTP status, `exitCode` the exit code of `easel`, `retryable` whether the same thing may work later.
 */
export const errorTable = {
  badInput: { status: 400, exitCode: 2, retryable: false },
  promptTooLong: { status: 400, exitCode: 2, retryable: false },
  sizeNotSupported: { status: 400, exitCode: 2, retryable: false },
  referenceUnreadable: { status: 400, exitCode: 2, retryable: false },
  unknownProvider: { status: 404, exitCode: 2, retryable: false },
  unknownModel: { status: 404, exitCode: 2, retryable: false },
  notFound: { status: 404, exitCode: 5, retryable: false },
  notSignedIn: { status: 401, exitCode: 2, retryable: false },
  forbidden: { status: 403, exitCode: 2, retryable: false },
  wrongState: { status: 409, exitCode: 2, retryable: false },
  noProvider: { status: 503, exitCode: 3, retryable: true },
  allProvidersFailed: { status: 502, exitCode: 3, retryable: true },
  overBudget: { status: 402, exitCode: 10, retryable: false },
  portTaken: { status: 409, exitCode: 8, retryable: true },
  setupNeeded: { status: 409, exitCode: 4, retryable: false },
  libraryBusy: { status: 409, exitCode: 7, retryable: true },
  libraryMissing: { status: 503, exitCode: 4, retryable: true },
  libraryNotWritable: { status: 503, exitCode: 4, retryable: true },
  libraryNewer: { status: 409, exitCode: 4, retryable: false },
  libraryDamaged: { status: 409, exitCode: 4, retryable: false },
  keysLocked: { status: 423, exitCode: 9, retryable: false },
  wrongPassphrase: { status: 403, exitCode: 9, retryable: false },
  noKeyStorage: { status: 409, exitCode: 9, retryable: false },
  keysUnreadable: { status: 409, exitCode: 9, retryable: false },
  diskFull: { status: 507, exitCode: 4, retryable: true },
  internal: { status: 500, exitCode: 1, retryable: false },
  // What a provider's failure means (R4). These names are also stored with each attempt.
  auth: { status: 502, exitCode: 3, retryable: false },
  quota: { status: 502, exitCode: 3, retryable: false },
  rate_limit: { status: 429, exitCode: 3, retryable: true },
  content_policy: { status: 422, exitCode: 3, retryable: false },
  invalid_request: { status: 422, exitCode: 2, retryable: false },
  timeout: { status: 504, exitCode: 3, retryable: true },
  network: { status: 502, exitCode: 3, retryable: true },
  server: { status: 502, exitCode: 3, retryable: true },
  task_lost: { status: 502, exitCode: 3, retryable: true },
  unknown_outcome: { status: 502, exitCode: 6, retryable: false },
  offline: { status: 503, exitCode: 3, retryable: true },
  priceRose: { status: 409, exitCode: 6, retryable: false },
  cancelled: { status: 499, exitCode: 130, retryable: true },
} as const;

export type ErrorCode = keyof typeof errorTable;

/** The failures a provider can have. `task_lost`: the service no longer knows a task it had accepted. */
export const providerErrorCodes = [
  'auth',
  'quota',
  'rate_limit',
  'content_policy',
  'invalid_request',
  'timeout',
  'network',
  'server',
  'task_lost',
  'unknown_outcome',
  'offline',
  'cancelled',
] as const satisfies readonly ErrorCode[];

export type ProviderErrorCode = (typeof providerErrorCodes)[number];

/** What else a door may show behind "Details": the provider's own words, the field that is wrong, and the like. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** The one kind of error Easel throws. `message` is for people and says what to do; it never holds a key or a stack. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}

/** An error as it is stored with a job and sent to an interface. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorTable, value);
}
