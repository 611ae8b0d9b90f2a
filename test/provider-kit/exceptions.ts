import type { RuleName } from './rules.ts';

export type Exceptions = Readonly<Partial<Record<RuleName, string>>>;

/** By provider: rules that do not apply to it, each with the reason. A rule that is not named here must hold. */
export const exceptions: Readonly<Record<string, Exceptions>> = {
  automatic1111: {
    'a task survives JSON and a restart':
      'The server keeps no results: the answer to one long call is all there is. After a restart the task is lost and, free, made anew.',
    'the smallest, the largest and the longest size are taken':
      'How large a picture may be is up to the graphics card: its stand-in runs out of memory as a card does, at the largest.',
    'it stops when asked':
      'Submit only begins the long call and returns at once; what stops it is cancelling the task, which has a rule of its own.',
  },
  builtin: {},
  runpod: {
    '500 is server':
      'There is no id of our own and no way to look whether a job was begun: an error of RunPod itself on the paid call may hide one, so the user is asked.',
    '503 is server':
      'There is no id of our own and no way to look whether a job was begun: an error of RunPod itself on the paid call may hide one, so the user is asked.',
  },
};
