/** Where the parts of the price chart lie: price, volume, lanes of regimes and the overview, aligned in x. */
export interface Band {
  top: number;
  height: number;
}

export interface PriceLayout {
  left: number;
  right: number;
  /** Height 0: the part is left out. */
  price: Band;
  volume: Band;
  lanes: Band;
  overview: Band;
  height: number;
  plotWidth: number;
}

const kNarrow = 640;
const kLaneHeight = 18;
const kTopMargin = 8;
const kTimeLabelHeight = 24;
const kOverviewHeight = 46;

export function priceLayout(width: number, parts: { hasPrice: boolean; hasVolume: boolean; laneCount: number }): PriceLayout {
  const isNarrow = width < kNarrow;
  const left = isNarrow ? 68 : 74;
  const right = isNarrow ? 6 : 14;
  const price = { top: kTopMargin, height: parts.hasPrice ? (isNarrow ? 230 : width > 1100 ? 380 : 320) : 0 };
  const volumeTop = price.top + price.height + (parts.hasVolume ? 8 : 0);
  const volume = { top: volumeTop, height: parts.hasVolume ? (isNarrow ? 44 : 64) : 0 };
  const lanes = { top: volume.top + volume.height + 8, height: kLaneHeight * parts.laneCount };
  const overview = { top: lanes.top + lanes.height + kTimeLabelHeight + 6, height: kOverviewHeight };
  return { left, right, price, volume, lanes, overview, height: overview.top + overview.height + 8, plotWidth: width - left - right };
}

export function gridOf(layout: PriceLayout, band: Band): object {
  return { left: layout.left, right: layout.right, top: band.top, height: band.height, containLabel: false, outerBoundsMode: "none" };
}
