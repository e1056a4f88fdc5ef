// The list of events and claims: a change of the filter replaces parts of the page and keeps the focus; further lines
// come under those that are there.
import { getPage } from "../lib/api";
import { all, h, one } from "../lib/dom";
import { announce, failed, toast } from "../lib/toast";
import { t } from "../lib/words";
import { virtualise, type Virtual } from "../lib/virtual";

const PARTS = ["#results", "#facets", "#days", "#copy", ".heading-tools", "#find", ".saved"];
const MANY = 200; // lines from which on only those near the screen stay in the page
const AT_ONCE = "200";

let going: AbortController | null = null;

/** Show the state of an address; `push`: as a step that the back button undoes. */
async function show(address: string, push: boolean): Promise<void> {
  going?.abort();
  const mine = (going = new AbortController());
  const results = document.querySelector("#results");
  results?.setAttribute("aria-busy", "true");
  const focused = mark(document.activeElement);
  try {
    const page = await getPage(address, mine.signal);
    const open = new Set(all<HTMLDetailsElement>(".facet[open]").map((facet) => facet.dataset.facet));
    for (const part of PARTS) {
      const old = document.querySelector(part);
      const made = page.querySelector(part);
      if (old && made && old !== document.activeElement) old.replaceWith(document.adoptNode(made));
    }
    for (const facet of all<HTMLDetailsElement>(".facet")) facet.open ||= open.has(facet.dataset.facet);
    document.title = page.title;
    if (push) history.pushState({}, "", address);
    ready();
    if (focused) document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
    announce(document.querySelector("#count")?.textContent ?? "");
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) failed(error);
  } finally {
    if (going === mine) document.querySelector("#results")?.removeAttribute("aria-busy");
  }
}

/** How the element that has the focus is found again. */
function mark(element: Element | null): string | null {
  const key = element instanceof HTMLElement ? element.dataset.key : undefined;
  if (key) return `[data-key="${CSS.escape(key)}"]`;
  return element?.id ? `#${CSS.escape(element.id)}` : element?.closest(".chips") ? ".chips a, #kind-events" : null;
}

/** What has to be done anew whenever parts were replaced. */
function ready(): void {
  const copy = document.querySelector<HTMLElement>("#copy");
  copy?.addEventListener("click", () => {
    navigator.clipboard.writeText(new URL(copy.dataset.address ?? "/", location.href).href).then(() => toast(t("overview.copied")), failed);
  });
  const next = document.querySelector<HTMLAnchorElement>('.pagination a[rel="next"]');
  if (next) further(next);
}

/** Makes of the link to the next page a button that puts its lines under those that are there. */
function further(next: HTMLAnchorElement): void {
  const list = one<HTMLOListElement>("#lines");
  const rows = all("#lines > li");
  let virtual: Virtual | null = null;
  let address = next.href;
  const more = h("button", { type: "button" }, t("common.show_more"));
  next.replaceWith(more);
  more.addEventListener("click", async () => {
    more.disabled = true;
    try {
      const wanted = new URL(address);
      wanted.searchParams.set("limit", AT_ONCE);
      const page = await getPage(wanted.href);
      const found = all("#lines > li", page).map((row) => document.adoptNode(row));
      const start = rows.length;
      rows.push(...found);
      if (virtual) virtual.update(rows.length);
      else if (rows.length > MANY) {
        virtual = virtualise(list, { count: rows.length, row: (index) => rows[index] ?? h("li"), height: 80 });
      } else list.append(...found);
      if (virtual) virtual.focus(start);
      else found[0]?.querySelector<HTMLElement>("a")?.focus();
      announce(t("overview.loaded", { n: found.length }));
      const following = page.querySelector<HTMLAnchorElement>('.pagination a[rel="next"]');
      if (following) address = new URL(following.getAttribute("href") ?? "", location.href).href;
      else more.remove();
    } catch (error) {
      failed(error);
    } finally {
      more.disabled = false;
    }
  });
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement | SVGAElement>("[data-live] a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  void show(link.getAttribute("href") ?? "/", true);
});

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.id !== "days") return;
  event.preventDefault();
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) wanted.append(name, value);
  void show(`/${wanted.size ? `?${wanted}` : ""}`, true);
});

addEventListener("popstate", () => void show(location.pathname + location.search, false));

const filter = document.querySelector<HTMLDetailsElement>("#filter");
if (filter && matchMedia("(max-width: 56rem)").matches) filter.open = false;
ready();
