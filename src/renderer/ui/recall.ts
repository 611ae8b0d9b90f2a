/** What of an image is taken back into the editor; `remix` is everything but the seed. */
export const recalls = ['prompt', 'seed', 'size', 'all', 'remix'] as const;
export type Recall = (typeof recalls)[number];
