const list = (terms: string): readonly string[] =>
  terms
    .split(',')
    .map((term) => term.trim())
    .filter(Boolean);

/** Terms that ask for quality and show nothing by themselves; trained models of the Stable Diffusion kind know many of them. */
export const qualityTerms: readonly string[] = list(`
  masterpiece, best quality, high quality, highest quality, top quality, ultra quality, amazing quality, great quality,
  good quality, high detail, highly detailed, extremely detailed, ultra detailed, ultra-detailed, hyper detailed,
  hyperdetailed, intricate details, intricate detail, intricately detailed, intricate, insanely detailed, finely detailed, fine details, detailed, super detailed,
  sharp focus, sharp, crisp, in focus, tack sharp, 4k, 8k, 16k, uhd, ultra hd, full hd, hd, hdr, high resolution, highres, hi-res,
  absurdres, professional, professional lighting, professional photography, award winning, award-winning, trending on artstation,
  artstation, featured on behance, behance, deviantart, pixiv, cgsociety, national geographic, vibrant colors, vibrant colours, vivid colors, vivid colours,
  rich colors, rich colours, perfect composition, perfect lighting, perfect anatomy, beautiful composition, stunning, gorgeous, breathtaking,
  exquisite, elegant, aesthetic, very aesthetic, newest, score_9, score_8_up, score_7_up, raw photo, studio quality,
  museum quality, magazine quality, ultra realistic, ultra-realistic, lifelike, photoreal, true to life, high contrast, high dynamic range,
  epic, meisterwerk, beste qualität, hochauflösend, hochdetailliert, detailreich, scharfer fokus, obra maestra, alta calidad,
  alta resolución, muy detallado, gran detalle, chef-d'œuvre, haute qualité, très détaillé, capolavoro, alta qualità
`);
