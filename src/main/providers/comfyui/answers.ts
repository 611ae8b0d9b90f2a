import { z } from 'zod';

/** What ComfyUI says, as far as it is used. Servers differ by version and by custom nodes: everything else may be missing or odd. */

export const SystemStats = z
  .object({
    system: z.object({ comfyui_version: z.string().nullish(), python_version: z.string().nullish() }),
    devices: z.array(z.unknown()),
  })
  .refine(({ system }) => system.comfyui_version ?? system.python_version);

/** `["INT",{…}]`, `[["a","b"],{…}]` or `["COMBO",{"options":["a","b"]}]`; custom nodes send other things. */
export type InputSpec = unknown;

export const NodeInfo = z.object({
  input: z
    .object({
      required: z.record(z.string(), z.unknown()).nullish(),
      optional: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});
export type NodeInfo = z.infer<typeof NodeInfo>;

export const ObjectInfo = z.record(z.string(), NodeInfo);
export type ObjectInfo = z.infer<typeof ObjectInfo>;

export const UploadAnswer = z.object({ name: z.string(), subfolder: z.string().nullish() });

export const PromptAnswer = z.object({ prompt_id: z.string(), node_errors: z.unknown().optional() });

const NodeErrors = z.record(
  z.string(),
  z.object({
    class_type: z.string().nullish(),
    errors: z.array(
      z.object({
        type: z.string().nullish(),
        message: z.string().nullish(),
        details: z.string().nullish(),
        extra_info: z.object({ input_name: z.string().nullish(), received_value: z.unknown().optional() }).nullish(),
      }),
    ),
  }),
);
export type NodeErrors = z.infer<typeof NodeErrors>;

/** The errors by node, null where there are none; older servers send an empty list for none. */
export function readNodeErrors(value: unknown): NodeErrors | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return null;
  // Errors that can't be read are errors all the same.
  return NodeErrors.safeParse(value).data ?? {};
}

export const PromptRefusal = z.object({
  error: z.union([
    z.string(),
    z.object({
      type: z.string().nullish(),
      message: z.string().nullish(),
      details: z.string().nullish(),
      extra_info: z.object({ class_type: z.string().nullish() }).nullish(),
    }),
  ]),
  node_errors: z.unknown().optional(),
});

/** `[number, prompt id, graph, extra data, output nodes]` */
const QueueItem = z.tuple([z.number(), z.string(), z.unknown(), z.unknown()]).rest(z.unknown());
export type QueueItem = z.infer<typeof QueueItem>;
export const Queue = z.object({ queue_running: z.array(QueueItem), queue_pending: z.array(QueueItem) });

const Messages = z.array(z.tuple([z.string()]).rest(z.unknown()));
const ExecutionStatus = z.object({
  status_str: z.string().nullish(),
  completed: z.boolean().nullish(),
  messages: Messages.nullish(),
});
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

const Outputs = z.record(z.string(), z.unknown());
export type Outputs = z.infer<typeof Outputs>;

const HistoryEntry = z.object({
  prompt: QueueItem.nullish(),
  outputs: Outputs.nullish(),
  status: ExecutionStatus.nullish(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = z.record(z.string(), HistoryEntry);

const Job = z.object({
  id: z.string(),
  status: z.string(),
  priority: z.number().nullish(),
  outputs: Outputs.nullish(),
  execution_status: ExecutionStatus.nullish(),
});
/** A job; `error` where the route exists and the job doesn't; null where the server is too old for the route. */
export const JobAnswer = z.union([Job, z.object({ error: z.string() }), z.null()]);
export const JobList = z.object({ jobs: z.array(Job) });
export const CancelAnswer = z.union([
  z.object({ cancelled: z.boolean() }),
  z.object({ error: z.unknown().optional() }),
  z.null(),
]);

export const OutputImage = z.object({
  filename: z.string().min(1),
  subfolder: z.string().nullish(),
  type: z.string().nullish(),
});
export type OutputImage = z.infer<typeof OutputImage>;

export const ExecutionError = z.object({
  node_type: z.string().nullish(),
  exception_message: z.string().nullish(),
  exception_type: z.string().nullish(),
});

export const FileMetadata = z.union([z.record(z.string(), z.unknown()), z.null()]);

const nullishString = z.string().nullish();
/** A text message of the socket; the fields are those of all types together. */
export const SocketMessage = z.object({
  type: z.string(),
  data: z
    .object({
      prompt_id: nullishString,
      node: nullishString,
      value: z.number().nullish(),
      max: z.number().nullish(),
      supports_preview_metadata: z.boolean().nullish(),
    })
    .nullish()
    .catch(null),
});
export const PreviewMetadata = z.object({
  prompt_id: nullishString,
  node_id: nullishString,
  image_type: nullishString,
});
