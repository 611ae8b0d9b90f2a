import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What every door wants to know of an operation. No `command`: the terminal does not have it. */
export interface OperationMeta {
  readonly [key: string]: unknown;
  readonly summary: string;
  /** Words after `easel`, for example `jobs show`. */
  readonly command?: string;
  /** Input fields that the terminal takes by position, in order; the others are options. */
  readonly positional?: readonly string[];
  /** Reading needs no exclusive hold on the library, so it also works while another Easel has it open. */
  readonly access: 'read' | 'write';
  /** Works before a library is open. `untilMade`: where there is one, the terminal opens it first. */
  readonly withoutLibrary?: boolean | 'untilMade';
}

/** Shape of the data every failed operation carries. The error code itself is a code of the error table. */
export const ErrorData = z.object({ details: z.record(z.string(), z.unknown()) });

/** Starts a row of the contract. */
export function operation(meta: OperationMeta) {
  return oc.$meta<OperationMeta>(meta);
}
