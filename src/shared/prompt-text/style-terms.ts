const list = (terms: string): readonly string[] =>
  terms
    .split(',')
    .map((term) => term.trim())
    .filter(Boolean);

/** Styles, mediums, movements, techniques, light and camera: what tells how a picture is made. One entry matches its plural. */
export const styleTerms: readonly string[] = list(`
  watercolor, watercolour, oil painting, oil on canvas, acrylic painting, gouache, tempera, fresco, ink wash, ink drawing,
  pen and ink, charcoal, charcoal drawing, pastel, pencil sketch, pencil drawing, sketch, line art, lineart, linocut, woodcut,
  woodblock print, engraving, etching, lithograph, screen print, risograph, collage, mosaic, stained glass, origami,
  papercraft, paper cut, embroidery, tapestry, claymation, clay, stop motion, low poly, voxel art, voxel, pixel art,
  isometric, vector art, vector illustration, flat design, flat illustration, digital art, digital painting, matte painting,
  concept art, character design, character sheet, splash art, key visual, storyboard, book illustration,
  children's book illustration, comic book, comic, graphic novel, manga, anime, chibi, cel shading, cel shaded, cartoon,
  caricature, graffiti, street art, tattoo design, logo, icon, poster, movie poster, travel poster, infographic, blueprint,
  technical drawing, exploded view, photograph, photography, photo, photorealistic, photorealism, hyperrealistic,
  hyperrealism, realistic, realism, portrait photography, street photography, fashion photography, food photography,
  product photography, macro photography, macro, landscape photography, wildlife photography, astrophotography,
  documentary photography, aerial photography, editorial photography, architectural photography, underwater photography,
  analog photography, analog film, film grain, film still, cinematic, cinematic still, cinematography, polaroid, daguerreotype,
  tintype, cyanotype, black and white, monochrome, sepia, duotone, double exposure, long exposure, tilt-shift, tilt shift,
  bokeh, depth of field, shallow depth of field, lens flare, anamorphic, wide angle, wide-angle, fisheye, telephoto, 35mm,
  50mm, 85mm, 24mm, 100mm, kodak portra, portra 400, kodachrome, cinestill, fujifilm, leica, hasselblad, dslr,
  3d render, 3d, cgi, octane render, unreal engine, blender, ray tracing, path tracing, global illumination, subsurface scattering,
  physically based rendering, vray, redshift, impressionism, impressionist, expressionism, expressionist, surrealism, surreal,
  surrealist, cubism, cubist, art nouveau, art deco, baroque, rococo, renaissance, romanticism, gothic, minimalism,
  minimalist, maximalist, pop art, op art, dadaism, bauhaus, brutalism, brutalist, fauvism, pointillism, symbolism,
  pre-raphaelite, ukiyo-e, ukiyoe, sumi-e, chinese ink painting, shan shui, abstract, abstract expressionism, geometric,
  futurism, constructivism, memphis design, mid-century modern, psychedelic, vaporwave, synthwave, retrowave, cyberpunk,
  steampunk, dieselpunk, solarpunk, biopunk, cottagecore, dark academia, gothic horror, noir, film noir, neo-noir,
  science fiction, sci-fi, fantasy, dark fantasy, high fantasy, horror, fairy tale, whimsical, kawaii, retro, vintage,
  grunge, y2k, bioluminescent, golden hour, blue hour, natural light, soft light, soft lighting, studio lighting,
  rim light, rim lighting, backlit, backlighting, volumetric light, volumetric lighting, god rays, dramatic lighting,
  chiaroscuro, low key, high key, hard light, neon, neon light, neon lighting, candlelight, moonlight, firelight, ambient light,
  rembrandt lighting, softbox, three-point lighting, close-up, close up, extreme close-up, medium shot, wide shot, full body, full shot,
  establishing shot, low angle, high angle, bird's eye view, worm's eye view, aerial view, top-down view, flat lay,
  over the shoulder, dutch angle, point of view, panorama, panoramic, symmetrical, rule of thirds, knolling,
  studio ghibli, pixar, disney, moebius, greg rutkowski, alphonse mucha, van gogh, monet, rembrandt, caravaggio, vermeer,
  hokusai, klimt, edward hopper, norman rockwell, wes anderson, tim burton, h. r. giger, zdzislaw beksinski, salvador dali,
  picasso, frida kahlo, caspar david friedrich, albrecht dürer, turner, john singer sargent, ansel adams, annie leibovitz,
  roger deakins, james gurney, arthur rackham, hayao miyazaki, makoto shinkai, yoshitaka amano, katsushika hokusai,
  aquarell, ölgemälde, bleistiftzeichnung, holzschnitt, zeichnung, gemälde, fotografie, foto, fotorealistisch, goldene stunde,
  gegenlicht, weiches licht, nahaufnahme, weitwinkel, schwarzweiß, acuarela, óleo sobre lienzo, pintura al óleo, fotografía,
  ilustración, hora dorada, blanco y negro, claroscuro, aquarelle, peinture à l'huile, photographie, noir et blanc,
  acquerello, fotografia, pittura a olio, realismo mágico
`);
