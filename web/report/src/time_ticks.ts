/** Where the axis of time is marked: at the first bar of years, months, days or hours, whichever fits. */
import { firstBarFrom } from "./bar_series";

export interface TimeTick {
  bar: number;
  label: string;
}

const kMinuteMs = 60_000;
const kHourMs = 60 * kMinuteMs;
const kDayMs = 24 * kHourMs;
const kMonthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Steps of the calendar, finest first. */
const kMonthSteps = [1, 3, 6, 12, 24, 60, 120, 240];
const kClockSteps = [kMinuteMs, 5 * kMinuteMs, 15 * kMinuteMs, 30 * kMinuteMs, kHourMs, 3 * kHourMs, 6 * kHourMs, 12 * kHourMs,
  kDayMs, 2 * kDayMs, 7 * kDayMs, 14 * kDayMs];

/** At most `mostTicks` ticks on bars firstBar..lastBar, at least `leastGap` bars apart. */
export function timeTicks(times: Float64Array, firstBar: number, lastBar: number, mostTicks: number): TimeTick[] {
  if (times.length === 0) return [];
  const [from, to] = [times[firstBar], times[lastBar]];
  const span = Math.max(1, to - from);
  const leastGap = (lastBar - firstBar) / Math.max(1, mostTicks) * 0.7;
  const clockStep = kClockSteps.find((step) => span / step <= mostTicks);
  const boundaries = clockStep !== undefined ? clockBoundaries(from, to, clockStep) : monthBoundaries(from, to, mostTicks);
  return placeTicks(times, firstBar, lastBar, boundaries, leastGap);
}

interface Boundary {
  time: number;
  label: string;
}

function clockBoundaries(from: number, to: number, step: number): Boundary[] {
  const boundaries: Boundary[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    boundaries.push({ time, label: step >= kDayMs || time % kDayMs === 0 ? dayLabel(time) : clockLabel(time) });
  }
  return boundaries;
}

function monthBoundaries(from: number, to: number, mostTicks: number): Boundary[] {
  const monthOf = (time: number) => new Date(time).getUTCFullYear() * 12 + new Date(time).getUTCMonth();
  const months = monthOf(to) - monthOf(from) + 1;
  const step = kMonthSteps.find((candidate) => months / candidate <= mostTicks) ?? 480;
  const boundaries: Boundary[] = [];
  for (let month = Math.ceil(monthOf(from) / step) * step; month <= monthOf(to); month += step) {
    const year = Math.floor(month / 12);
    const label = month % 12 === 0 ? String(year) : `${kMonthNames[month % 12]}${step >= 12 ? ` ${year}` : ""}`;
    boundaries.push({ time: Date.UTC(year, month % 12, 1), label });
  }
  return boundaries;
}

function placeTicks(times: Float64Array, firstBar: number, lastBar: number, boundaries: Boundary[], leastGap: number): TimeTick[] {
  const ticks: TimeTick[] = [];
  for (const { time, label } of boundaries) {
    const bar = firstBarFrom(times, time);
    if (bar < firstBar || bar > lastBar) continue;
    const previous = ticks[ticks.length - 1];
    // Holidays and gaps in the data can bring two boundaries to one bar or next to each other.
    if (previous && bar - previous.bar < leastGap) continue;
    ticks.push({ bar, label });
  }
  return ticks;
}

function dayLabel(time: number): string {
  const date = new Date(time);
  return date.getUTCDate() === 1 && date.getUTCMonth() === 0
    ? String(date.getUTCFullYear())
    : `${date.getUTCDate()} ${kMonthNames[date.getUTCMonth()]}`;
}

function clockLabel(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}
