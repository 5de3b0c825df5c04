/** Colours of regimes on a light or a dark page, by the contrast formulas of WCAG 2. */

export interface Rgb {
  /** 0..255 */
  r: number;
  g: number;
  b: number;
}

export function parseHex(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };
}

export function toHex({ r, g, b }: Rgb): string {
  const part = (x: number) => Math.max(0, Math.min(255, Math.round(x))).toString(16).padStart(2, "0");
  return `#${part(r)}${part(g)}${part(b)}`;
}

/** `share` 0 is `from`, 1 is `to`. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [parseHex(from), parseHex(to)];
  const between = (x: number, y: number) => x + (y - x) * share;
  return toHex({ r: between(a.r, b.r), g: between(a.g, b.g), b: between(a.b, b.b) });
}

export function withAlpha(hex: string, alpha: number): string {
  const { r, g, b } = parseHex(hex);
  return `rgba(${r},${g},${b},${alpha})`;
}

/** 1 (the same) to 21 (black on white). */
export function contrast(first: string, second: string): number {
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

export function readableInk(background: string): string {
  return contrast(background, "#000000") >= contrast(background, "#ffffff") ? "#000000" : "#ffffff";
}

/** The colour itself, or the least mixture with white that reaches the contrast against a dark background. */
export function liftAgainst(color: string, background: string, leastContrast = 3.2): string {
  for (let step = 0; step <= 64; ++step) {
    const lifted = mix(color, "#ffffff", step / 64);
    if (contrast(lifted, background) >= leastContrast) return lifted;
  }
  return "#ffffff";
}

function luminance(hex: string): number {
  const { r, g, b } = parseHex(hex);
  const linear = (x: number) => (x / 255 <= 0.04045 ? x / 255 / 12.92 : Math.pow((x / 255 + 0.055) / 1.055, 2.4));
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
