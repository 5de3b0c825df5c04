/** Whether a point lies within a polygon (the even-odd rule: a ray to the right crosses the outline an odd number of times). */
export function isInPolygon(x: number, y: number, polygon: [number, number][]): boolean {
  let isInside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i];
    const [xj, yj] = polygon[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
}
