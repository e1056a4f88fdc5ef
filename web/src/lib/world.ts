// The land of the map: Natural Earth's countries, drawn with no request to anybody; once more to the east and to the
// west, for what crosses 180°.
import type { Feature, FeatureCollection, Position } from "geojson";
import L from "leaflet";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { filled, lines as whole } from "./antimeridian";
import { token } from "./theme";

type Countries = GeometryCollection<{ name: string }>;
type World = Topology<{ countries: Countries }>;

export interface Disputed {
  areas: Record<string, string>;
  borders: [string, string][];
}

const TURNS = [-360, 0, 360];

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
    whole(mesh(world, countries, (a, b) => a !== b && fits(nameOf(a), nameOf(b))).coordinates);
  const shapes = (feature(world, countries) as FeatureCollection).features;
  const rings = shapes.flatMap(ringsOf);
  const coast = whole(mesh(world, countries, (a, b) => a === b).coordinates);
  const borders = between((a, b) => !contested.has(pair(a, b)));
  const dashed = between((a, b) => contested.has(pair(a, b)));
  const lands = shapes.filter((one) => areas.has(nameOf(one)));
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
      const shifted = rings.map((shape) => shape.map((ring) => ring.map(([x, y]) => [y ?? 0, (x ?? 0) + turn] as L.LatLngTuple)));
      L.polygon(shifted, { renderer: land, pane: "land", interactive: false, stroke: false, fillColor: token("--land"), fillOpacity: 1 }).addTo(group);
    }
    line(coast, { color: token("--coast"), weight: 0.8 });
    line(borders, { color: token("--border"), weight: 0.8 });
    for (const area of lands) line(whole(ringsOf(area).flat()), { color: token("--bad"), weight: 1, dashArray: "2 4" });
    line(dashed, { color: token("--land"), weight: 2 });
    line(dashed, { color: token("--bad"), weight: 1.4, dashArray: "5 4" });
  };
  draw();
  return draw;
}

function nameOf(of: { properties?: unknown }): string {
  return (of.properties as { name?: string } | null)?.name ?? "";
}

/** The polygons of a country, each with its rings. */
function ringsOf(of: Feature): Position[][][] {
  const { geometry } = of;
  const found = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  return found.map((rings) => rings.map(filled));
}

/** A line every 30 degrees. */
function graticule(): Position[][] {
  const found: Position[][] = [];
  for (let x = -180; x < 180; x += 30) found.push([[x, -85], [x, 85]]);
  for (let y = -60; y <= 80; y += 30) found.push([[-180, y], [180, y]]);
  return found;
}
