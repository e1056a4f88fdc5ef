// The list of events and claims: a change of the filter replaces parts of the page; further lines come under those
// that are there.
import { getPage } from "../lib/api";
import { all, h, one } from "../lib/dom";
import { live } from "../lib/live";
import { announce, failed, toast } from "../lib/toast";
import { t } from "../lib/words";
import { virtualise, type Virtual } from "../lib/virtual";

const MANY = 200; // lines from which on only those near the screen stay in the page
const AT_ONCE = "200";

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

/** Facets that are open stay so. */
function keepOpen(): () => void {
  const open = new Set(all<HTMLDetailsElement>(".facet[open]").map((facet) => facet.dataset.facet));
  return () => {
    for (const facet of all<HTMLDetailsElement>(".facet")) facet.open ||= open.has(facet.dataset.facet);
  };
}

const filter = document.querySelector<HTMLDetailsElement>("#filter");
if (filter && matchMedia("(max-width: 56rem)").matches) filter.open = false;
live({ parts: ["#results", "#facets", "#days", ".heading-tools", ".saved"], before: keepOpen, ready });
