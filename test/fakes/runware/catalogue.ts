const common = {
  version: 'v1',
  category: 'checkpoint',
  tags: [],
  heroImage: 'https://example.org/hero.jpg',
  private: false,
};

/** What a search finds. */
export const catalogue = [
  { ...common, air: 'runware:101@1', name: 'FLUX.1 dev', architecture: 'flux1d' },
  {
    ...common,
    air: 'civitai:133005@782002',
    name: 'Juggernaut XL',
    version: 'XI',
    architecture: 'sdxl',
    defaultWidth: 1024,
    defaultHeight: 1024,
    defaultSteps: 30,
    defaultCFG: 5,
  },
  { ...common, air: 'civitai:4384@128713', name: 'DreamShaper', version: '8', architecture: 'sd1x', defaultSteps: 25 },
  { ...common, air: 'example:3d@1', name: 'A thing that is no picture', architecture: 'hunyuan3d' },
  { ...common, air: 'studio:7@1', name: 'Our own', architecture: 'flux1d', private: true },
];
