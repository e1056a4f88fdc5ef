// The page of reviewing: the queue, the claim that is looked at, and the keys.
import { get } from "../lib/api";
import { all, h, one, readData } from "../lib/dom";
import { announce, failed } from "../lib/toast";
import { number, t } from "../lib/words";
import type { Item, Row } from "../review/model";
import { Panel } from "../review/panel";

interface Line {
  kind: "claim" | "event";
  id: string;
  claims: string[];
}
interface Data {
  queue: string;
  seed: number;
  me: string;
  lines: Line[];
  item: Item | null;
}
interface Precision {
  sample: number;
  judged: number;
  right: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

const KEYS = "whodid-review-keys";
const given = readData<Data>();
const panel = new Panel(one("#review-panel"), given.me, kept);
let at = -1; // place in the queue
let part = 0; // claim of an event in the queue

// ---------------------------------------------------------------- queue

const places = (): HTMLButtonElement[] => all<HTMLButtonElement>("[data-line]");

async function go(to: number, claim = 0, arriving = false): Promise<void> {
  const line = given.lines[to];
  if (!line) return announce(t("review.end"));
  [at, part] = [to, Math.max(0, Math.min(claim, line.claims.length - 1))];
  places().forEach((button, i) => {
    if (i === at) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  });
  if (!arriving) places()[at]?.scrollIntoView({ block: "nearest" });
  try {
    await panel.open(line.claims[part]!);
  } catch (error) {
    return failed(error);
  }
  parts(line);
  one("#review-claim").focus({ preventScroll: arriving });
}

/** The claims of an event that stands in the queue. */
function parts(line: Line): void {
  const box = one("#review-parts");
  box.hidden = line.claims.length < 2;
  box.replaceChildren(
    h("span", {}, t("review.part", { i: part + 1, n: line.claims.length })), " ",
    h("button", { type: "button", class: "small", onclick: () => void go(at, part - 1) }, t("review.part_before")), " ",
    h("button", { type: "button", class: "small", onclick: () => void go(at, part + 1) }, t("review.part_after")),
  );
}

/** After a judgement: what the queue and the estimate look like now, and when the dataset has it. */
function kept(item: Item, row: Row): void {
  const line = given.lines[at];
  if (line) places()[at]?.classList.toggle("done", item.rows.some((one) => one.stands));
  void estimate();
  void wait(item.claim.id, row.id);
}

async function estimate(): Promise<void> {
  const told = (await get<Precision>(`/api/v1/review/precision?seed=${given.seed}`)).data;
  const percent = (share: number | null): string => (share === null ? "–" : number(share * 100, 0));
  one("#review-precision").textContent = told.judged
    ? t("review.precision", { n: told.judged, right: told.right, share: percent(told.share), low: percent(told.low), high: percent(told.high), sample: told.sample })
    : t("review.precision_none", { sample: told.sample });
}

/** Waits until the pages are made of a version that has a judgement, and then looks again. */
async function wait(claim: string, row: number): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, tries < 10 ? 500 : 2_000));
    try {
      if (!(await get<{ taken: boolean }>(`/api/v1/review/state?after=${row}`)).data.taken) continue;
    } catch {
      continue; // the server may be starting anew; what was kept is kept
    }
    if (panel.item?.claim.id === claim && panel.item.seen === row && !document.querySelector(".review-form form")) {
      const had = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["edit"] : undefined;
      await panel.open(claim);
      if (had) document.querySelector<HTMLElement>(`[data-edit=${had}]`)?.focus();
    }
    return announce(t("review.applied"));
  }
}

// ---------------------------------------------------------------- what can be done

const acts: Record<string, () => void | Promise<void>> = {
  next: () => go(at + 1),
  before: () => go(at - 1),
  accept: async () => {
    if (panel.item && (await panel.accept())) await go(at + 1);
  },
  reject: async () => {
    if (panel.item && (await panel.reject())) await go(at + 1);
  },
  restore: async () => {
    if (panel.item) await panel.restore();
  },
  edit: () => document.querySelector<HTMLElement>("[data-edit]")?.focus(),
  undo: () => panel.undo(),
  note: async () => {
    if (panel.item) await panel.note();
  },
  help: () => {
    const help = one<HTMLDetailsElement>("#review-help");
    help.open = !help.open;
    help.querySelector("summary")?.focus();
  },
};
const keys: Record<string, string> = {
  j: "next",
  ArrowDown: "next",
  k: "before",
  ArrowUp: "before",
  a: "accept",
  r: "reject",
  e: "edit",
  u: "undo",
  n: "note",
  "?": "help",
};

for (const button of all("[data-act]")) button.addEventListener("click", () => void acts[button.dataset["act"]!]?.());
places().forEach((button, i) => button.addEventListener("click", () => void go(i)));

const keysOn = one<HTMLInputElement>("#review-keys");
try {
  keysOn.checked = localStorage.getItem(KEYS) !== "off";
} catch {
  // not remembered
}
keysOn.addEventListener("change", () => {
  try {
    localStorage.setItem(KEYS, keysOn.checked ? "on" : "off");
  } catch {
    // not remembered
  }
});

document.addEventListener("keydown", (event) => {
  const act = keys[event.key];
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea, dialog, .picking, [contenteditable]");
  const arrow = event.key.startsWith("Arrow") && !(event.target instanceof Element && event.target.closest("#review-queue, #review-panel h2"));
  if (!act || !keysOn.checked || typing || arrow || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  void acts[act]!();
});

if (given.item) {
  panel.show(given.item);
  at = given.lines.findIndex((line) => line.claims.includes(given.item!.claim.id));
  places()[at]?.setAttribute("aria-current", "true");
} else if (given.lines.length) void go(0, 0, true); // whoever has just come sees the page from its top
