// Shapes and longitudes around 180°. In the map's data a line that crosses it jumps from one side of the world to the
// other; here it goes on past 180, and whoever draws it draws it again 360 degrees to the west and to the east.
import type { Position } from "geojson";

const CUT = 179.99;

/** The line with longitudes that go on past 180 instead of jumping. */
export function unrolled(line: Position[]): Position[] {
  let turn = 0;
  let last: number | null = null;
  return line.map(([x = 0, y = 0]) => {
    if (last !== null && Math.abs(x - last) > 180) turn += x < last ? 360 : -360;
    last = x;
    return [x + turn, y];
  });
}

/** A ring that can be filled: unrolled, and closed along the pole where it goes around the whole world. */
export function filled(ring: Position[]): Position[] {
  const made = unrolled(ring);
  const first = made[0];
  const last = made[made.length - 1];
  if (!first || !last || Math.abs((last[0] ?? 0) - (first[0] ?? 0)) < 180) return made;
  const pole = (first[1] ?? 0) < 0 ? -90 : 90;
  return [...made, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}

/** Lines unrolled, without the parts that run along 180° itself, where a shape was only cut. */
export function lines(all: Position[][]): Position[][] {
  const found: Position[][] = [];
  for (const line of all) {
    let part: Position[] = [];
    for (const point of unrolled(line)) {
      const last = part[part.length - 1];
      if (last && onCut(last) && onCut(point)) {
        found.push(part);
        part = [];
      }
      part.push(point);
    }
    found.push(part);
  }
  return found.filter((part) => part.length > 1);
}

function onCut(point: Position): boolean {
  return Math.abs(Math.abs(point[0] ?? 0) - 180) <= 180 - CUT;
}

/** What has to be added to a longitude so that all of them lie side by side, also around 180°. */
export function turns(longitudes: number[]): (longitude: number) => number {
  const span = (all: number[]): number => (all.length ? Math.max(...all) - Math.min(...all) : 0);
  const around = span(longitudes) > 180 && span(longitudes.map((one) => (one < 0 ? one + 360 : one))) <= 180;
  return (longitude) => (around && longitude < 0 ? 360 : 0);
}
