// On the page of an event: claims that leave it, and another event that it is one with.
import { get } from "../lib/api";
import { all, bdi, h, one } from "../lib/dom";
import { statusBadge } from "../lib/marks";
import { toast } from "../lib/toast";
import { spanText, typeName } from "../lib/words";
import { newKey, send } from "../review/sending";

interface Found {
  id: string;
  type: string;
  status: string;
  actors: string[];
  recipients: string[];
  first_day: string | null;
  last_day: string | null;
}

const box = one("#regroup");
const event = box.dataset["event"]!;

/** Has a form send what it holds, once. `body`: null where something is missing. */
function sends(form: HTMLFormElement, what: string, body: () => object | null): void {
  const problem = one(".problem", form);
  const button = one<HTMLButtonElement>("button[type=submit]", form);
  let key = newKey();
  form.addEventListener("change", () => (key = newKey()));
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    const given = body();
    problem.textContent = given ? "" : (form.dataset["missing"] ?? "");
    if (!given) return;
    button.disabled = true;
    const why = String(new FormData(form).get("why") ?? "");
    void send(what, { ...given, why }, key).then(applied, (error: unknown) => {
      button.disabled = false;
      problem.textContent = error instanceof Error ? error.message : String(error);
    });
  });
}

/** Loads the page again when the dataset has taken in what was said. */
async function applied(): Promise<void> {
  toast(box.dataset["kept"] ?? "");
  for (let tries = 0; tries < 120; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const state = await get<{ taken: boolean }>("/api/v1/review/state").catch(() => null);
    if (state?.data.taken) return location.reload();
  }
}

const split = document.querySelector<HTMLFormElement>("#regroup-split");
if (split) {
  sends(split, "split", () => {
    const boxes = all<HTMLInputElement>("[name=claim]", split);
    const claims = boxes.filter((one) => one.checked).map((one) => one.value);
    return claims.length && claims.length < boxes.length ? { event, claims } : null;
  });
}

const merge = one<HTMLFormElement>("#regroup-merge");
const words = one<HTMLInputElement>("#regroup-find");
sends(merge, "merge", () => {
  const other = merge.querySelector<HTMLInputElement>("[name=event]:checked")?.value;
  return other ? { events: [event, other] } : null;
});

async function look(): Promise<void> {
  const wanted = words.value.trim();
  if (!wanted) return;
  const list = one("#regroup-found");
  try {
    const ids = /^[0-9a-f]{16}$/.test(wanted);
    const rows = ids ? [await byId(wanted)] : (await get<Found[]>(`/api/v1/events?limit=20&q=${encodeURIComponent(wanted)}`)).data;
    const others = rows.filter((row) => row.id !== event);
    list.replaceChildren(...(others.length ? others.map(choice) : [h("li", {}, box.dataset["none"] ?? "")]));
  } catch (error) {
    list.replaceChildren(h("li", { class: "problem" }, error instanceof Error ? error.message : String(error)));
  }
}

async function byId(id: string): Promise<Found> {
  const found = (await get<{ event: Omit<Found, "actors" | "recipients" | "first_day" | "last_day"> & { actors: { name: string | null; text: string }[]; recipients: { name: string | null; text: string }[]; when: { first: string; last: string } | null } }>(`/api/v1/events/${id}`)).data.event;
  const named = (side: { name: string | null; text: string }[]): string[] => side.map((one) => one.name ?? one.text);
  return { ...found, actors: named(found.actors), recipients: named(found.recipients), first_day: found.when?.first ?? null, last_day: found.when?.last ?? null };
}

function choice(row: Found): HTMLElement {
  const parties = `${row.actors.join(", ") || "–"} → ${row.recipients.join(", ") || "–"}`;
  return h("li", {}, h("label", { class: "check" },
    h("input", { type: "radio", name: "event", value: row.id }),
    h("span", {}, spanText(row.first_day, row.last_day), " · ", typeName(row.type), " ", statusBadge(row.status), " · ", bdi(parties))));
}

one("#regroup-look").addEventListener("click", () => void look());
words.addEventListener("keydown", (pressed) => {
  if (pressed.key !== "Enter") return;
  pressed.preventDefault();
  void look();
});
