import { z } from 'zod';

export const SubmitAnswer = z.object({
  request_id: z.string(),
  status_url: z.string().nullish(),
  response_url: z.string().nullish(),
  cancel_url: z.string().nullish(),
  queue_position: z.number().nullish(),
});

export const StatusAnswer = z.object({
  status: z.string(),
  queue_position: z.number().nullish(),
  logs: z.array(z.object({ message: z.string().nullish() })).nullish(),
  error: z.unknown().optional(),
  error_type: z.string().nullish(),
});
export type StatusAnswer = z.infer<typeof StatusAnswer>;

const FileAnswer = z.object({ url: z.string() });

/** What models make, of all kinds: `images`, or one `image`, `video` or LoRA. Seeds can be larger than numbers keep exactly. */
export const OutputAnswer = z.object({
  images: z.array(FileAnswer).nullish(),
  image: FileAnswer.nullish(),
  video: FileAnswer.nullish(),
  seed: z.unknown().optional(),
  has_nsfw_concepts: z.array(z.boolean().nullable()).nullish(),
  diffusers_lora_file: FileAnswer.nullish(),
});
export type OutputAnswer = z.infer<typeof OutputAnswer>;

export const UploadAnswer = z.object({ upload_url: z.string(), file_url: z.string() });
export const PartAnswer = z.object({ partNumber: z.number(), etag: z.string() });

/** A refusal of the hosts that run models: `detail` is a text or a list. The platform's own has `error` instead. */
export const RefusalAnswer = z.object({
  detail: z
    .union([
      z.string(),
      z.array(
        z.object({
          loc: z.array(z.union([z.string(), z.number()])).nullish(),
          msg: z.string().nullish(),
          type: z.string().nullish(),
        }),
      ),
    ])
    .nullish(),
  error_type: z.string().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish().catch(null),
});

export const PricesAnswer = z.object({
  prices: z.array(
    z.object({ endpoint_id: z.string(), unit_price: z.number(), unit: z.string(), currency: z.string().nullish() }),
  ),
});

export const ModelsAnswer = z.object({
  models: z.array(
    z.object({ endpoint_id: z.string(), metadata: z.object({ status: z.string().nullish() }).nullish() }),
  ),
});

export const RequestsAnswer = z.object({
  items: z.array(
    z.object({
      request_id: z.string(),
      sent_at: z.string().nullish(),
      json_input: z
        .object({ prompt: z.unknown().optional(), seed: z.unknown().optional(), num_images: z.unknown().optional() })
        .nullish()
        .catch(null),
    }),
  ),
  next_cursor: z.string().nullish(),
  has_more: z.boolean().nullish(),
});
export type RequestsAnswer = z.infer<typeof RequestsAnswer>;

export const BillingEventsAnswer = z.object({
  billing_events: z.array(z.object({ request_id: z.string(), cost_total: z.number().nullish() })),
});

export const BillingAnswer = z.object({
  credits: z.object({ current_balance: z.number(), currency: z.string() }),
});
