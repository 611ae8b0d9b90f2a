import type { PromptStyle } from '../models/prompt-style.ts';

/** Name, terms for tags, what the picture is in words, terms to avoid. */
type Row = readonly [name: string, positive: string, sentence: string, negative: string];

const styleRows: Readonly<Record<string, Row>> = {
  watercolor: [
    'Watercolor',
    'watercolor painting, soft washes, wet-on-wet, paper texture, delicate pigment edges',
    'a watercolor painting with soft washes, bleeding pigment and visible paper texture',
    'photo, 3d render, hard outlines, plastic',
  ],
  oil_painting: [
    'Oil painting',
    'oil painting, thick impasto, visible brushstrokes, canvas texture, rich layered pigment',
    'an oil painting on canvas with visible brushstrokes and rich, layered paint',
    'photo, 3d render, flat colors, vector art',
  ],
  digital_art: [
    'Digital art',
    'digital painting, concept art, clean shapes, painterly shading, dramatic composition',
    'a digital painting with clean shapes, painterly shading and a dramatic composition',
    'photo, grain, scanned paper',
  ],
  cartoon: [
    'Cartoon',
    'cartoon, bold outlines, flat colors, simple shapes, expressive',
    'a cartoon with bold outlines, flat colours and simple, expressive shapes',
    'photo, realistic, skin texture, noise',
  ],
  realistic: [
    'Realistic',
    'photorealistic, photograph, natural light, true-to-life textures, 50mm lens',
    'a realistic photograph with natural light and true-to-life textures',
    'painting, drawing, cartoon, anime, 3d render, plastic skin',
  ],
  sketch: [
    'Sketch',
    'loose sketch, quick lines, construction lines, hatching, unfinished edges',
    'a loose, quick sketch with searching lines, hatching and unfinished edges',
    'photo, 3d render, smooth shading, full color',
  ],
  anime: [
    'Anime',
    'anime, cel shading, clean line art, expressive eyes, detailed background',
    'an anime illustration with clean line art, cel shading and a detailed background',
    'photo, realistic, 3d render, western comic',
  ],
  party: [
    'Party',
    'festive party, confetti, balloons, string lights, streamers, joyful celebration, bright colors',
    'a festive party scene full of confetti, balloons, string lights and bright, joyful colours',
    'gloomy, empty, dull colors, monochrome',
  ],
  pencil: [
    'Pencil',
    'graphite pencil drawing, fine shading, cross-hatching, paper grain, monochrome',
    'a graphite pencil drawing with fine shading and the grain of the paper showing',
    'color, photo, 3d render, ink outlines',
  ],
  ink: [
    'Ink',
    'ink drawing, brush and pen, high contrast, bold black shapes, white paper',
    'a brush-and-pen ink drawing with bold black shapes on white paper',
    'photo, soft gradients, full color, 3d render',
  ],
  charcoal: [
    'Charcoal',
    'charcoal drawing, smudged shadows, rough paper, deep blacks, expressive strokes',
    'a charcoal drawing with smudged shadows, deep blacks and rough, expressive strokes',
    'color, photo, clean lines, 3d render',
  ],
  pastel: [
    'Pastel',
    'soft pastel drawing, chalky texture, gentle blending, light tints',
    'a soft pastel drawing with chalky texture and gently blended light tints',
    'photo, neon, hard outlines, 3d render',
  ],
  pixel_art: [
    'Pixel art',
    'pixel art, 16-bit, limited palette, crisp pixels, dithering',
    'pixel art in the manner of a 16-bit game, with a limited palette and crisp square pixels',
    'photo, blurry, anti-aliased, smooth gradients',
  ],
  low_poly: [
    'Low poly',
    'low poly, faceted geometry, flat shading, simple 3d shapes, clean light',
    'a low-poly 3D scene of flat-shaded facets under clean light',
    'photo, fine texture, sketch, noise',
  ],
  isometric: [
    'Isometric',
    'isometric view, miniature diorama, orthographic camera, tidy details, soft shadows',
    'a tidy isometric miniature seen from above at an angle, without perspective',
    'fisheye, perspective distortion, photo, cropped',
  ],
  clay: [
    'Clay',
    'claymation, plasticine, hand-made figure, fingerprints, stop motion, soft studio light',
    'a stop-motion scene of hand-made plasticine figures with fingerprints in the clay',
    'photo of a person, flat colors, line art',
  ],
  cyberpunk: [
    'Cyberpunk',
    'cyberpunk, neon signs, rainy street, holograms, chrome, magenta and cyan light',
    'a cyberpunk scene lit by magenta and cyan neon, with rain, chrome and holograms',
    'daylight, countryside, medieval, pastel colors',
  ],
  fantasy: [
    'Fantasy',
    'epic fantasy, magical light, ancient ruins, sweeping vista, ornate details',
    'an epic fantasy scene with magical light, ornate details and a sense of wonder',
    'modern city, cars, mundane, office',
  ],
  film_noir: [
    'Film noir',
    'film noir, black and white, hard shadows, venetian blinds, 1940s, fog',
    'a black-and-white film noir still from the 1940s with hard shadows and drifting smoke',
    'color, bright, cheerful, cartoon',
  ],
  vintage_photo: [
    'Vintage photo',
    'vintage photograph, faded colors, film grain, light leaks, worn edges, 1970s',
    'a faded photograph from the 1970s with film grain, light leaks and worn edges',
    'digital, hdr, clean, 3d render',
  ],
  minimalist: [
    'Minimalist',
    'minimalist, negative space, few shapes, restrained palette, clean composition',
    'a minimalist composition of few shapes, a restrained palette and much empty space',
    'cluttered, busy, ornate, noise',
  ],
  pop_art: [
    'Pop art',
    'pop art, halftone dots, bold primary colors, thick outlines, screen print',
    'a pop-art screen print with halftone dots, thick outlines and bold primary colours',
    'photo, muted colors, soft shading',
  ],
  comic_book: [
    'Comic book',
    'comic book panel, inked outlines, dynamic pose, hatching, vivid flat colors',
    'a comic book panel with inked outlines, dynamic poses and vivid flat colours',
    'photo, 3d render, blurry, soft focus',
  ],
  ukiyo_e: [
    'Ukiyo-e',
    'ukiyo-e, Japanese woodblock print, flat areas of color, flowing outlines, washi paper',
    'a Japanese woodblock print with flat areas of colour and flowing outlines on washi paper',
    'photo, 3d render, neon, lens flare',
  ],
  stained_glass: [
    'Stained glass',
    'stained glass window, lead lines, jewel-toned glass, light shining through',
    'a stained-glass window of jewel-toned panes in dark lead, with light shining through',
    'photo, matte, sketch, blurry',
  ],
  art_nouveau: [
    'Art nouveau',
    'art nouveau poster, flowing organic lines, floral ornament, decorative frame, muted gold',
    'an art nouveau poster with flowing organic lines, floral ornament and a decorative frame',
    'photo, 3d render, brutalist, glitch',
  ],
  paper_cut: [
    'Paper cut',
    'layered paper cut-out, paper craft, depth, soft shadows between the layers',
    'a layered paper cut-out with soft shadows between the sheets',
    'photo of a person, glossy, line art',
  ],
};

const enhancerRows: Readonly<Record<string, Row>> = {
  high_detail: [
    'High detail',
    'highly detailed, intricate details, fine texture',
    'rich and fine detail',
    'low detail, oversimplified, smudged',
  ],
  professional_lighting: [
    'Professional lighting',
    'professional lighting, soft key light, balanced exposure',
    'well-balanced professional lighting',
    'flat lighting, overexposed, underexposed',
  ],
  sharp_focus: [
    'Sharp focus',
    'sharp focus, crisp edges',
    'crisp focus on the subject',
    'blurry, out of focus, motion blur',
  ],
  vibrant_colors: [
    'Vibrant colors',
    'vibrant colors, rich saturation, color contrast',
    'vibrant colours',
    'washed out, dull colors, desaturated',
  ],
  cinematic: [
    'Cinematic',
    'cinematic, cinematic lighting, film still, wide composition, depth of field',
    'the look of a film still',
    'snapshot, amateur, flat composition',
  ],
};

const asStyles = (rows: Readonly<Record<string, Row>>, kind: PromptStyle['kind']): PromptStyle[] =>
  Object.entries(rows).map(([id, [name, positive, sentence, negative]]) => ({
    id,
    name,
    kind,
    positive,
    sentence,
    negative,
  }));

/** The styles and enhancers that Easel brings along, in the order in which they are shown. */
export const builtInStyles: readonly PromptStyle[] = [
  ...asStyles(styleRows, 'style'),
  ...asStyles(enhancerRows, 'enhancer'),
];
