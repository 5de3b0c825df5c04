/**
 * The vertical scale of prices, linear or logarithmic.
 *
 * A chart library's logarithmic axis marks powers of ten only, which leaves a currency pair without a single mark; here the
 * chart gets the logarithm as its value and marks at round prices.
 */

export interface PriceScale {
  /** From a price to what the axis shows. */
  toAxis(price: number): number;
  toPrice(value: number): number;
  /** Ends of the axis. */
  min: number;
  max: number;
  /** Values of the axis, at round prices. */
  ticks: number[];
  /** Digits that keep neighbouring marks apart. */
  digits: number;
}

/** A scale for prices low..high with about `tickCount` marks. A logarithm needs prices above 0; else the scale is linear. */
export function priceScale(low: number, high: number, isLogarithmic: boolean, tickCount: number): PriceScale {
  const isLog = isLogarithmic && low > 0;
  const toAxis = isLog ? Math.log10 : (price: number) => price;
  const toPrice = isLog ? (value: number) => Math.pow(10, value) : (value: number) => value;
  const [bottom, top] = [toAxis(low), toAxis(high)];
  const margin = top > bottom ? (top - bottom) * 0.05 : Math.max(Math.abs(top) * 0.01, 1e-6);
  const [min, max] = [bottom - margin, top + margin];
  const prices = isLog && high / low > 5 ? decadeTicks(toPrice(min), toPrice(max), tickCount) : evenTicks(toPrice(min), toPrice(max), tickCount);
  return { toAxis, toPrice, min, max, ticks: prices.map(toAxis), digits: digitsOf(prices) };
}

function evenTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; ++i) ticks.push(i * step);
  return ticks;
}

/** 1, 2, 5 times powers of ten, or fewer of them where a range is wide. */
function decadeTicks(low: number, high: number, count: number): number[] {
  const decades = Math.log10(high / low);
  const factors = decades * 3 <= count * 1.5 ? [1, 2, 5] : decades * 2 <= count * 1.5 ? [1, 3] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); ++power) {
    for (const factor of factors) {
      const price = factor * Math.pow(10, power);
      if (price >= low && price <= high) ticks.push(price);
    }
  }
  return ticks;
}

function digitsOf(prices: number[]): number {
  for (let digits = 0; digits < 8; ++digits) {
    if (prices.every((price) => Math.abs(Number(price.toFixed(digits)) - price) <= Math.abs(price) * 1e-9)) return digits;
  }
  return 8;
}
