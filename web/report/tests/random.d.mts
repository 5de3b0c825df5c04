export function makeRandom(seed: number): () => number;
export function makeNormal(random: () => number): () => number;
