export type ImageProblemReason = 'notAnImage' | 'truncated' | 'tooLarge' | 'unsupported';

/** Bytes that can't be kept or used as a picture. `message` is for people. */
export class ImageProblem extends Error {
  override readonly name = 'ImageProblem';
  readonly reason: ImageProblemReason;

  constructor(reason: ImageProblemReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
