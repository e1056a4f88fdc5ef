// Words of a text and the fields that rest on them: pointing at one lights the other; keys go from claim to claim.
import { all } from "./dom";

/** Light what belongs together while the pointer or the focus is on one of it. */
export function lightTogether(root: ParentNode): void {
  const byKey = new Map<string, HTMLElement[]>();
  for (const element of all<HTMLElement>("[data-k]", root)) {
    for (const key of keysOf(element)) byKey.set(key, [...(byKey.get(key) ?? []), element]);
  }
  let lit: HTMLElement[] = [];
  const light = (target: EventTarget | null): void => {
    const from = target instanceof Element ? target.closest<HTMLElement>("[data-k]") : null;
    for (const element of lit) element.classList.remove("lit");
    lit = from ? keysOf(from).flatMap((key) => byKey.get(key) ?? []) : [];
    for (const element of lit) element.classList.add("lit");
  };
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
}

const keysOf = (element: HTMLElement): string[] => (element.dataset.k ?? "").split(" ").filter(Boolean);

/** j and k go to the next claim and the one before; the claim that one is at is marked, with its reasons open. */
export function stepThroughClaims(): void {
  const cards = all<HTMLElement>("[data-claim]");
  let current = -1;
  const go = (index: number, focus: boolean): void => {
    const card = cards[index];
    if (!card) return;
    const before = cards[current];
    if (before && before !== card) {
      before.classList.remove("current");
      before.querySelector<HTMLDetailsElement>("details.why[data-opened]")?.removeAttribute("open");
    }
    current = index;
    card.classList.add("current");
    const why = card.querySelector<HTMLDetailsElement>("details.why");
    if (why && !why.open) {
      why.open = true;
      why.dataset.opened = "";
    }
    if (!focus) return;
    history.replaceState(history.state, "", `#${card.id}`);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    document.getElementById(`at-${card.id}`)?.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    if (event.key === "j") go(Math.min(current + 1, cards.length - 1), true);
    else if (event.key === "k") go(Math.max(current - 1, 0), true);
    else return;
    event.preventDefault();
  });
  const toHash = (): void => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^at-/, "");
    const index = cards.findIndex((card) => card.id === id);
    if (index >= 0) go(index, false);
  };
  addEventListener("hashchange", toHash);
  toHash();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
