/** Characters; a longer prompt is compressed before it is sent: 3,000 and more are too many (W1). */
export const optimizedPromptLength = 2_999;
