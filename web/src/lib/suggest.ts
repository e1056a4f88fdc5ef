// Suggestions under the search box, as the ARIA pattern of a combobox with a list: the focus stays in the box, arrows move
// in the list, Enter takes, Escape closes.
import { get } from "./api";
import { bdi, h, later } from "./dom";
import { announce } from "./toast";
import { number, t } from "./words";

interface Suggestion {
  kind: "actor" | "place";
  label: string;
  number: number;
  address: string;
}

const LEAST = 2; // letters from which on something is suggested

/** Have names suggested while somebody types into a box. */
export function suggestions(input: HTMLInputElement): void {
  const list = h("div", { class: "suggestions", role: "listbox", id: "suggestions", "aria-label": t("common.suggestions"), hidden: true });
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(name, value);
  let found: Suggestion[] = [];
  let chosen = -1;
  let asking: AbortController | null = null;

  const close = (): void => {
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index: number): void => {
    chosen = index;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === chosen)));
    const row = list.children[chosen];
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const ask = later(150, async (typed: string) => {
    asking?.abort();
    asking = new AbortController();
    try {
      found = (await get<Suggestion[]>(`/api/v1/suggest?limit=8&q=${encodeURIComponent(typed)}`, asking.signal)).data;
    } catch {
      return close(); // the box works without suggestions as well
    }
    if (!found.length || document.activeElement !== input) return close();
    list.replaceChildren(
      ...found.map((one, index) =>
        h("div", { role: "option", id: `suggestion-${index}`, "aria-selected": "false", onpointerdown: (event) => (event.preventDefault(), go(one)) },
          bdi(one.label), h("span", { class: "kind" }, `${t(`common.kind_${one.kind}`)} · ${number(one.number)}`)),
      ),
    );
    chosen = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    announce(t("common.suggested", { n: found.length }));
  });

  const go = (one: Suggestion): void => location.assign(one.address);

  input.addEventListener("input", () => (input.value.trim().length < LEAST ? close() : ask(input.value.trim())));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const picked = found[chosen];
    if (event.key === "ArrowDown") choose(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") choose(Math.max(chosen - 1, -1));
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && picked) go(picked);
    else return;
    event.preventDefault();
  });
}
