// The land of the map: Natural Earth's countries, drawn with no request to anybody. Their polygons end at 180°, so lines
// along it are left out, and everything is drawn once more to the east and to the west.
import type { Feature, FeatureCollection, MultiLineString, Position } from "geojson";
import L from "leaflet";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { token } from "./theme";

type Countries = GeometryCollection<{ name: string }>;
type World = Topology<{ countries: Countries }>;

export interface Disputed {
  areas: Record<string, string>;
  borders: [string, string][];
}

const TURNS = [-360, 0, 360];
const EDGE = 179.99;

/** Lines without the parts that run along the antimeridian, where a polygon was cut and nothing ends. */
export function withoutEdge(lines: MultiLineString): Position[][] {
  const found: Position[][] = [];
  for (const line of lines.coordinates) {
    let part: Position[] = [];
    for (const point of line) {
      const last = part[part.length - 1];
      if (last && Math.abs(last[0] ?? 0) >= EDGE && Math.abs(point[0] ?? 0) >= EDGE) {
        if (part.length > 1) found.push(part);
        part = [];
      }
      part.push(point);
    }
    if (part.length > 1) found.push(part);
  }
  return found;
}

/** What has to be added to a longitude so that all of them lie side by side, also around 180°. */
export function turns(longitudes: number[]): (longitude: number) => number {
  const span = (all: number[]): number => (all.length ? Math.max(...all) - Math.min(...all) : 0);
  const eastward = longitudes.map((one) => (one < 0 ? one + 360 : one));
  const around = span(longitudes) > 180 && span(eastward) <= 180;
  return (longitude) => (around && longitude < 0 ? 360 : 0);
}

/** Draws the land into a map; call what it gives to draw it anew in other colours. */
export async function drawWorld(map: L.Map, address: string, disputed: Disputed): Promise<() => void> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const world = (await answer.json()) as World;
  const countries = world.objects.countries;
  const pair = (a: string, b: string): string => [a, b].sort().join("|");
  const contested = new Set(disputed.borders.map(([a, b]) => pair(a, b)));
  const areas = new Set(Object.values(disputed.areas));
  const between = (fits: (a: string, b: string) => boolean): Position[][] =>
    withoutEdge(mesh(world, countries, (a, b) => a !== b && fits(nameOf(a), nameOf(b))));
  const shapes = feature(world, countries) as FeatureCollection;
  const coast = withoutEdge(mesh(world, countries, (a, b) => a === b));
  const borders = between((a, b) => !contested.has(pair(a, b)));
  const dashed = between((a, b) => contested.has(pair(a, b)));
  const lands = shapes.features.filter((one) => areas.has(nameOf(one)));
  const group = L.layerGroup().addTo(map);
  map.createPane("land").style.zIndex = "200";
  map.createPane("lines").style.zIndex = "210";
  const land = L.canvas({ pane: "land", padding: 0.3 });
  const lines = L.canvas({ pane: "lines", padding: 0.3 });

  const draw = (): void => {
    group.clearLayers();
    const line = (coordinates: Position[][], style: L.PathOptions): void => {
      for (const turn of TURNS) {
        L.polyline(
          coordinates.map((one) => one.map(([x, y]) => [y ?? 0, (x ?? 0) + turn] as L.LatLngTuple)),
          { renderer: lines, pane: "lines", interactive: false, fill: false, ...style },
        ).addTo(group);
      }
    };
    line(graticule(), { color: token("--grid"), weight: 1 });
    for (const turn of TURNS) {
      L.geoJSON(shapes, {
        pane: "land",
        interactive: false,
        coordsToLatLng: ([x, y]) => L.latLng(y, x + turn),
        style: { stroke: false, fillColor: token("--land"), fillOpacity: 1 },
        ...{ renderer: land }, // handed on to every path, which the types do not know
      }).addTo(group);
    }
    line(coast, { color: token("--coast"), weight: 0.8 });
    line(borders, { color: token("--border"), weight: 0.8 });
    for (const area of lands) line(outline(area), { color: token("--bad"), weight: 1, dashArray: "2 4" });
    line(dashed, { color: token("--land"), weight: 2 });
    line(dashed, { color: token("--bad"), weight: 1.4, dashArray: "5 4" });
  };
  draw();
  return draw;
}

function nameOf(of: { properties?: unknown }): string {
  return (of.properties as { name?: string } | null)?.name ?? "";
}

function outline(of: Feature): Position[][] {
  if (of.geometry.type === "Polygon") return of.geometry.coordinates;
  return of.geometry.type === "MultiPolygon" ? of.geometry.coordinates.flat() : [];
}

/** A line every 30 degrees. */
function graticule(): Position[][] {
  const found: Position[][] = [];
  for (let x = -180; x < 180; x += 30) found.push([[x, -85], [x, 85]]);
  for (let y = -60; y <= 80; y += 30) found.push([[-180, y], [180, y]]);
  return found;
}
