/** Numbers and dates in words for people. Unknown numbers are a dash, never 0. */

export const kUnknown = "–";

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** "1,234.50"; a true minus sign, so that columns align. */
export function formatNumber(value: number | null | undefined, digits = 2): string {
  if (!isKnown(value)) return kUnknown;
  const text = groupThousands(Math.abs(value).toFixed(digits));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

// The browser's own grouping loads tables of languages first, which costs a tenth of a second before the first chart.
function groupThousands(text: string): string {
  const point = text.indexOf(".");
  const whole = point < 0 ? text : text.slice(0, point);
  return whole.length <= 3 || whole.includes("e") ? text : whole.replace(/\B(?=(\d{3})+$)/g, ",") + (point < 0 ? "" : text.slice(point));
}

export function formatCount(value: number | null | undefined): string {
  return formatNumber(value, 0);
}

/** Of a share: 0.123 is "12.3%". */
export function formatPercent(value: number | null | undefined, digits = 1): string {
  return isKnown(value) ? `${formatNumber(value * 100, digits)}%` : kUnknown;
}

/** Whole per cent, but a share that exists is never 0%. */
export function formatShare(value: number | null | undefined): string {
  return isKnown(value) && value > 0 && value < 0.005 ? "<1%" : formatPercent(value, 0);
}

/** "+1.2%" or "−1.2%": for returns, where the sign is the message. */
export function formatSignedPercent(value: number | null | undefined, digits = 1): string {
  if (!isKnown(value)) return kUnknown;
  const text = formatPercent(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A probability keeps three digits near 1, where .99 and .999 are worlds apart. */
export function formatProbability(value: number | null | undefined): string {
  if (!isKnown(value)) return kUnknown;
  if (value > 0 && value < 0.0005) return "<0.001";
  return formatNumber(value, 3);
}

export function formatPValue(value: number | null | undefined): string {
  if (!isKnown(value)) return kUnknown;
  return value < 0.001 ? "<0.001" : formatNumber(value, 3);
}

export function formatBars(count: number | null | undefined, digits = 0): string {
  if (!isKnown(count)) return kUnknown;
  const text = formatNumber(count, digits);
  return text === "1" ? "1 bar" : `${text} bars`;
}

/** "1 stay", "1,200 stays" */
export function countWords(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "12.3k", "4.5M": for volumes on axes. */
export function formatShort(value: number | null | undefined): string {
  if (!isKnown(value)) return kUnknown;
  const size = Math.abs(value);
  for (const [unit, name] of [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "k"]] as const) {
    if (size >= unit) return `${formatNumber(value / unit, size >= 100 * unit ? 0 : 1)}${name}`;
  }
  return formatNumber(value, size >= 10 || size === 0 ? 0 : 2);
}

/** Of a setting: any JSON value. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return kUnknown;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(6)));
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(formatValue).join(", ");
  return JSON.stringify(value);
}

/** "2019-01-11", or "2019-01-11 14:30" of bars within days. UTC. */
export function formatTime(ms: number, isIntraday: boolean): string {
  const text = new Date(ms).toISOString();
  return isIntraday ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}

/** Notes of the decision table begin with a pictogram, which not every machine has letters for. */
export function withoutEmblem(words: string): string {
  return words.replace(/^[^\p{L}\p{N}("]+/u, "");
}
