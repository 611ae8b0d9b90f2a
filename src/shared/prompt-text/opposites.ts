/** Two ways of saying that can't both be true of one picture. */
export interface Opposites {
  readonly one: readonly string[];
  readonly other: readonly string[];
}

export const opposites: readonly Opposites[] = [
  {
    one: [
      'daylight',
      'broad daylight',
      'midday',
      'noon',
      'daytime',
      'bright sunshine',
      'midday sun',
      'high noon',
      'bei tag',
      'mittags',
    ],
    other: [
      'night',
      'at night',
      'midnight',
      'nighttime',
      'night sky',
      'moonlit night',
      'starry night',
      'nacht',
      'nachts',
      'de noche',
    ],
  },
  { one: ['sunrise', 'dawn', 'early morning', 'morning'], other: ['sunset', 'dusk', 'evening', 'midnight'] },
  {
    one: ['indoors', 'indoor', 'interior scene', 'interior shot'],
    other: ['outdoors', 'outdoor', 'exterior scene', 'exterior shot', 'open air'],
  },
  {
    one: ['black and white', 'monochrome', 'grayscale', 'greyscale', 'schwarzweiß', 'blanco y negro', 'noir et blanc'],
    other: [
      'colorful',
      'colourful',
      'vibrant colors',
      'vibrant colours',
      'vivid colors',
      'vivid colours',
      'full color',
      'full colour',
      'rainbow colors',
      'rainbow colours',
      'farbenfroh',
      'colorido',
    ],
  },
  {
    one: ['close-up', 'close up', 'closeup', 'extreme close-up', 'macro shot', 'nahaufnahme', 'primer plano'],
    other: [
      'wide shot',
      'wide-angle shot',
      'wide angle shot',
      'establishing shot',
      'full body',
      'full-body shot',
      'full shot',
      'panoramic view',
      'aerial view',
      'totale',
      'plano general',
    ],
  },
  {
    one: ['minimalist', 'minimalism', 'minimalistic', 'uncluttered', 'sparse'],
    other: ['maximalist', 'cluttered', 'busy composition', 'ornate'],
  },
  {
    one: ['photorealistic', 'photograph', 'raw photo', 'photo'],
    other: ['cartoon', 'anime', 'line art', 'pixel art', 'vector art', 'flat illustration'],
  },
  {
    one: ['low angle', 'low-angle', "worm's eye view"],
    other: ['high angle', 'high-angle', "bird's eye view", 'top-down view', 'top down view'],
  },
  {
    one: ['shallow depth of field', 'blurred background', 'blurry background'],
    other: ['deep focus', 'everything in focus', 'deep depth of field'],
  },
  { one: ['sharp focus', 'tack sharp'], other: ['out of focus', 'soft focus', 'motion blur'] },
  { one: ['summer', 'midsummer'], other: ['winter', 'midwinter'] },
  { one: ['spring', 'springtime'], other: ['autumn', 'late autumn'] },
  {
    one: ['sunny', 'clear sky', 'cloudless sky', 'blue sky'],
    other: ['overcast', 'rainy', 'stormy', 'cloudy sky', 'thunderstorm', 'heavy rain'],
  },
  { one: ['empty street', 'deserted', 'no people', 'nobody'], other: ['crowded', 'crowd', 'bustling', 'large crowd'] },
  {
    one: ['symmetrical', 'symmetric composition', 'perfect symmetry'],
    other: ['asymmetrical', 'asymmetric composition'],
  },
  { one: ['high key', 'high-key'], other: ['low key', 'low-key'] },
  {
    one: ['warm colors', 'warm colours', 'warm palette', 'warm tones'],
    other: ['cold colors', 'cold colours', 'cool palette', 'cool tones', 'cold palette'],
  },
  { one: ['young woman', 'young man', 'young girl'], other: ['old woman', 'old man', 'elderly woman', 'elderly man'] },
  { one: ['short hair'], other: ['long hair', 'very long hair'] },
  { one: ['eyes closed', 'closed eyes'], other: ['open eyes', 'eyes open', 'eyes wide open', 'wide eyes'] },
];

/** Words that turn round what follows within three words. */
export const negations: ReadonlySet<string> = new Set([
  ...[
    'no',
    'not',
    'without',
    'never',
    'non',
    "don't",
    "isn't",
    'avoid',
    'exclude',
    'excluding',
    'neither',
    'nor',
    'instead',
  ],
  ...['kein', 'keine', 'keinen', 'nicht', 'ohne', 'sin', 'sans', 'pas', 'senza', 'sem'],
]);
