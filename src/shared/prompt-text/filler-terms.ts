const list = (terms: string): readonly string[] =>
  terms
    .split(/[,\n]/)
    .map((term) => term.trim())
    .filter(Boolean);

/** Talk with the machine, and words that make nothing in a picture different. */
export const fillerTerms: readonly string[] = list(`
  i would like to see an image of, i would like to see a picture of, i would like to see, i would like you to create,
  i would like you to, i would like an image of, i would like a picture of, i would like to, i would like, i'd like to see, i'd like an image of,
  i'd like you to, i'd like, i want you to create, i want you to make, i want you to draw, i want you to, i want to see, i want an image of, i want a picture of, i want it to be, i want it to, i want, i am imagining, i'm imagining,
  i imagine, i'm thinking of, i am thinking of, i was thinking, what i have in mind is, please create an image of, please create a picture of,
  please generate an image of, please draw, please make, please create, please generate, please, can you, could you, would you,
  create an image of, create an image showing, create a picture of, create an image that shows, create a scene, generate an image of, generate a picture of, generate an image showing,
  make an image of, make a picture of, make me a picture of, make me an image of, draw me, an image of, an image showing, a picture of, a picture showing, picture this, imagine a scene, imagine a scene where,
  imagine, the image should show, the image should be, the image should have, the image should, the picture should show, the picture should be, the picture should, the scene should, the overall image should, it should be, it should look like, it should have, there should be, there should also be, make sure that, make sure the, make sure to, make sure, be sure to,
  if possible, if you can, as much as possible, that would be great, that would be nice, thank you, thanks, thanks in advance, you know, kind of, sort of, i think, i guess, in my opinion, basically, actually,
  literally, really, very, quite, rather, somewhat, simply, truly, extremely, incredibly, absolutely, definitely, totally, completely,
  in order to, due to the fact that, in the image, in the picture, of the image, of the picture, in this image, in this scene, the overall mood is, the overall feeling is, the overall, overall, in general, as well as possible, as well,
  bitte erstelle ein bild von, bitte erstelle ein bild, erstelle ein bild von, erstelle ein bild, ich möchte ein bild von, ich möchte ein bild, ich hätte gern ein bild von, ich hätte gern, ich möchte, ich stelle mir vor, ein bild von, das bild soll, auf dem bild, bitte, vielen dank, sozusagen, eigentlich, wirklich, irgendwie, sehr,
  quiero una imagen de, quiero que, quisiera ver, crea una imagen de, genera una imagen de, una imagen de, por favor, me gustaría ver, me gustaría, en la imagen, la imagen debe, realmente, muy,
  crée une image de, je voudrais une image de, je voudrais, une image de, s'il vous plaît, vraiment, très,
  crea un'immagine di, vorrei un'immagine di, vorrei, per favore, crie uma imagem de, eu gostaria de, por gentileza
`);

/**
 * Words that ask, name or praise, and show nothing by themselves. They are not taken away like filler, because a sentence may
 * need them, but they are no concepts.
 */
export const emptyWords: ReadonlySet<string> = new Set(
  list(`
  create, creates, creating, generate, generating, draw, depict, depicts, depicting, called, named, titled, beautiful, lovely, nice,
  wonderful, amazing, awesome, incredible, magnificent, marvelous, marvellous, good,
  erstelle, zeichne, genannt, namens, schön, schöne, schönen, schöner, schönes, schönem, wunderschön, wunderschöne, wunderschönen, wunderschöner, wunderschönes,
  crea, genera, dibuja, llamado, llamada, hermoso, hermosa, hermosos, hermosas, bonito, bonita, crée, appelé, appelée, bellissimo, bellissima
`),
);

/** What a prompt makes; alone they say nothing about it, but "picture frame" does. */
export const pictureWords: ReadonlySet<string> = new Set(
  list('image, images, picture, pictures, scene, bild, imagen, immagine, imagem, prompt'),
);

/** Filler in Chinese and Japanese, where no spaces show where a word ends. */
export const unspacedFiller: readonly string[] = [
  ...[
    '请帮我生成一张图片',
    '请生成一张图片',
    '请帮我生成',
    '请帮我画',
    '请生成',
    '请画',
    '我想要一张',
    '我想要',
    '我希望',
    '生成一张',
    '画一张',
    '一张图片',
  ],
  ...[
    '画像を生成してください',
    'してください',
    'をお願いします',
    'お願いします',
    'という感じで',
    'のような感じ',
    'ください',
  ],
];
