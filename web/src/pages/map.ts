// Events on a map without tiles: points are clustered; what is known only as a country or a wide area has a label of its
// own, not a point.
import L from "leaflet";
import "leaflet.markercluster";
import { turns } from "../lib/antimeridian";
import { bdi, h, one, readData, short } from "../lib/dom";
import { type Drawing, drawBox, drawPolygon } from "../lib/draw";
import { live } from "../lib/live";
import { quadMark } from "../lib/marks";
import { calm, onTheme, token } from "../lib/theme";
import { failed } from "../lib/toast";
import { number, quadName, statusName, t, typeName } from "../lib/words";
import { type Disputed, drawWorld } from "../lib/world";

interface Mark {
  place: string | null;
  country: string | null;
  latitude: number;
  longitude: number;
  radius_km: number | null;
  extent: "point" | "area" | "country";
  quad: number;
  status: string;
  count: number;
  id: string;
  type: string;
}
interface View {
  marks: Mark[];
  area: { corners: [number, number][]; bbox: [number, number, number, number] | null } | null;
  disputed: Disputed;
}

const CLOSE = 7; // zoom from which on the radius of points is drawn
const box = one("#map");
const map = L.map(box, {
  center: [20, 10], zoom: 2, minZoom: 1, maxZoom: 10, zoomSnap: 0.5, zoomControl: false, attributionControl: false,
  maxBounds: [[-85, -240], [85, 240]], maxBoundsViscosity: 0.8, zoomAnimation: !calm(), fadeAnimation: !calm(), markerZoomAnimation: !calm(),
});
L.control.zoom({ zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(map);
const points = L.markerClusterGroup({
  maxClusterRadius: 36, showCoverageOnHover: false, animate: !calm(), iconCreateFunction: clusterIcon, spiderLegPolylineOptions: { weight: 1, color: "#888" },
});
const wide = L.layerGroup().addTo(map);
const radii = L.layerGroup();
const drawn = L.layerGroup().addTo(map);
map.addLayer(points);
map.on("zoomend", () => (map.getZoom() >= CLOSE ? radii.addTo(map) : radii.remove()));
let fitted = false;

function placeName(mark: Mark): string {
  return short(mark.place ?? mark.country ?? t("common.no_place"), 60);
}

/** What a screen reader says of events at a place. */
function said(mark: Mark): string {
  const what = mark.count === 1 ? typeName(mark.type) : quadName(mark.quad);
  return t("map.mark", { place: placeName(mark), what, status: statusName(mark.status), n: mark.count });
}

function show(): void {
  const view = readData<View>();
  points.clearLayers();
  for (const layer of [wide, radii, drawn]) layer.clearLayers();
  const turn = turns(view.marks.map((mark) => mark.longitude));
  const where = (mark: Mark): L.LatLngTuple => [mark.latitude, mark.longitude + turn(mark.longitude)];
  for (const mark of view.marks.filter((one) => one.extent === "point")) {
    const marker = L.marker(where(mark), { icon: pointIcon(mark) }) as L.Marker & { mark?: Mark };
    marker.mark = mark;
    marker.bindPopup(() => popup([mark]));
    points.addLayer(marker);
    if (mark.radius_km) L.circle(where(mark), circle(mark.radius_km)).addTo(radii);
  }
  for (const [, marks] of Map.groupBy(view.marks.filter((one) => one.extent !== "point"), (one) => `${one.place}|${one.country}|${where(one)}`)) {
    const first = marks[0] as Mark;
    L.marker(where(first), { icon: pillIcon(marks) }).bindPopup(() => popup(marks)).addTo(wide);
    if (first.extent === "area" && first.radius_km) L.circle(where(first), circle(first.radius_km)).addTo(wide);
  }
  if (view.area) L.polygon(corners(view.area), { color: token("--accent"), weight: 2, fillOpacity: 0.06, interactive: false }).addTo(drawn);
  if (!fitted && view.marks.length) map.fitBounds(L.latLngBounds(view.marks.map(where)).pad(0.15), { maxZoom: 6, animate: false });
  fitted = true;
  buttons();
}

function corners(area: NonNullable<View["area"]>): L.LatLngTuple[] {
  if (!area.bbox) return area.corners.map(([x, y]) => [y, x]);
  const [west, south, east, north] = area.bbox;
  const right = east < west ? east + 360 : east;
  return [[south, west], [south, right], [north, right], [north, west]];
}

function circle(km: number): L.CircleMarkerOptions {
  return { radius: km * 1000, color: token("--ink"), weight: 1, dashArray: "4 4", fillOpacity: 0.04, interactive: false };
}

// ------------------------------------------------------------ icons

function pointIcon(mark: Mark): L.DivIcon {
  const html = h("span", {}, quadMark(mark.quad, mark.status, false), mark.count > 1 && h("span", { class: "n" }, number(mark.count)), h("span", { class: "unseen" }, said(mark)));
  return L.divIcon({ html, className: "map-mark", iconSize: [24, 24], iconAnchor: [12, 12] });
}

function clusterIcon(cluster: L.MarkerCluster): L.DivIcon {
  const total = cluster.getAllChildMarkers().reduce((sum, one) => sum + ((one as L.Marker & { mark?: Mark }).mark?.count ?? 1), 0);
  const size = 28 + Math.min(24, 6 * Math.log10(total) * 2);
  const html = h("span", {}, h("span", { "aria-hidden": "true" }, number(total)), h("span", { class: "unseen" }, t("map.cluster", { n: total })));
  return L.divIcon({ html, className: "map-cluster", iconSize: [size, size] });
}

function pillIcon(marks: Mark[]): L.DivIcon {
  const total = marks.reduce((sum, one) => sum + one.count, 0);
  const shapes = marks.slice(0, 6).map((one) => quadMark(one.quad, one.status, false));
  const html = h("span", { class: "pill" }, ...shapes, h("bdi", {}, placeName(marks[0] as Mark)), total > 1 && ` ${number(total)}`);
  html.append(h("span", { class: "unseen" }, marks.map(said).join("; ")));
  return L.divIcon({ html, className: "map-pill", iconSize: [26, 26], iconAnchor: [0, 0] });
}

function popup(marks: Mark[]): HTMLElement {
  const first = marks[0] as Mark;
  const exact = first.extent === "country" ? t("map.somewhere") : first.radius_km ? t("map.within", { km: number(Math.round(first.radius_km)) }) : "";
  const lines = marks.map((mark) =>
    h("li", {}, quadMark(mark.quad, mark.status, false), ` ${mark.count === 1 ? typeName(mark.type) : quadName(mark.quad)}, ${statusName(mark.status)} `,
      h("a", { href: mark.count === 1 ? `/events/${encodeURIComponent(mark.id)}` : listOf(mark) }, mark.count === 1 ? t("map.open") : `${t("map.list")} (${number(mark.count)})`)));
  return h("div", {}, h("strong", {}, bdi(placeName(first))), h("div", { class: "soft" }, exact), h("ul", { class: "plain" }, ...lines));
}

/** The list of the events of a mark, under the conditions that hold. */
function listOf(mark: Mark): string {
  const wanted = new URLSearchParams(location.search);
  for (const name of ["bbox", "polygon", "west", "south", "east", "north"]) wanted.delete(name);
  if (mark.place) wanted.append("where", `=${mark.place}`);
  wanted.delete("status");
  wanted.append("status", mark.status);
  return `/?${wanted}`;
}

// ------------------------------------------------------------ filter by drawing

let drawing: Drawing | null = null;

function buttons(): void {
  wire("#draw-box", "bbox", (done) => drawBox(map, t("map.draw_box_hint"), done));
  wire("#draw-polygon", "polygon", (done) => drawPolygon(map, t("map.draw_polygon_hint"), done));
}

function wire(selector: string, name: string, start: (done: (numbers: number[] | null) => void) => Drawing): void {
  const button = one(selector);
  button.addEventListener("click", () => {
    const again = button.getAttribute("aria-pressed") === "true";
    drawing?.stop();
    if (again) return;
    button.setAttribute("aria-pressed", "true");
    drawing = start((numbers) => {
      drawing = null;
      button.setAttribute("aria-pressed", "false");
      if (!numbers) return;
      const wanted = new URLSearchParams(location.search);
      for (const old of ["bbox", "polygon", "west", "south", "east", "north"]) wanted.delete(old);
      wanted.set(name, numbers.join(","));
      void go(`/map?${wanted}`);
    });
  });
}

const go = live({ parts: ["#head", "#below"], ready: show });
onTheme(show);
drawWorld(map, box.dataset.world ?? "", readData<View>().disputed).then((again) => {
  onTheme(again);
  box.dataset.ready = "true";
}, failed);
