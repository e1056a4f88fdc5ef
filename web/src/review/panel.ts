// One claim under review: its fields, the text, what people said of it, and the form in which a field is corrected.
import { get, post, Refused } from "../lib/api";
import { ask } from "../lib/dialog";
import { bdi, h, later, plain, webLink } from "../lib/dom";
import { quadMark, statusBadge } from "../lib/marks";
import { failed, toast } from "../lib/toast";
import { dayText, number, t, typeName } from "../lib/words";
import { editor, type Editor, type Panel as Asks } from "./editors";
import { FIELDS, type Codes, type Field, type Item, type Row, type Span } from "./model";
import { newKey, send } from "./sending";
import { told } from "./told";
import { pickingTools, Words } from "./words";

interface Kept {
  row: Row;
  item: Item;
  meanwhile: Row[];
}
interface Proposed {
  before: unknown;
  after: unknown;
  further: Record<string, [unknown, unknown]>;
}

const codes = new Map<string, Promise<Codes>>();
const codesOf = (ontology: string): Promise<Codes> => {
  const known = codes.get(ontology) ?? get<Codes>(`/api/v1/review/codes/${encodeURIComponent(ontology)}`).then((found) => found.data);
  codes.set(ontology, known);
  return known;
};

export class Panel {
  readonly words = new Words();
  item: Item | null = null;
  private readonly head = h("div", { class: "review-head" });
  private readonly fields = h("div", { class: "review-fields" });
  private readonly form = h("div", { class: "review-form" });
  private readonly history = h("section", { class: "review-history" });
  private readonly said = new Set<number>();

  /** `box`: where it stands. `after`: hears of every judgement that was kept. */
  constructor(
    box: HTMLElement,
    private readonly me: string,
    private readonly after: (item: Item, row: Row) => void,
  ) {
    box.replaceChildren(this.head, h("div", { class: "review-columns" }, h("div", {}, this.words.box), h("div", {}, this.fields, this.form)), this.history);
  }

  /** Looks at a claim. */
  async open(claim: string): Promise<void> {
    this.show((await get<Item>(`/api/v1/review/claims/${encodeURIComponent(claim)}`)).data);
  }

  show(item: Item): void {
    this.item = item;
    this.close();
    this.drawHead(item);
    this.drawFields(item);
    this.words.show(item.text, item.offset, item.claim.sentence, item.spans.filter((span) => this.own(item, span)));
    this.drawHistory(item);
  }

  // ---------------------------------------------------------------- verdicts, undoing, notes

  async accept(): Promise<boolean> {
    return this.judge("accept", { claim: this.item!.claim.id });
  }

  async reject(): Promise<boolean> {
    const why = await askWhy(t("review.reject"), t("review.reject_means"));
    return why !== null && this.judge("reject", { claim: this.item!.claim.id, why });
  }

  async restore(): Promise<boolean> {
    return this.judge("restore", { claim: this.item!.claim.id });
  }

  /** Takes back the newest judgement of one's own that stands. */
  async undo(): Promise<void> {
    const last = this.item?.rows.filter((row) => row.stands && row.person === this.me).at(-1);
    if (last) await this.judge("undo", { id: last.id });
    else toast(t("review.nothing_to_undo"));
  }

  async note(): Promise<void> {
    const words = h("textarea", { name: "text", id: "review-note", required: true, maxlength: 5000 });
    const given = await ask(t("review.note"), [h("div", { class: "field" }, h("label", { for: "review-note" }, t("review.note_words")), words)], { yes: t("review.save") });
    if (!given) return;
    try {
      await send("notes", { kind: "claim", target: this.item!.claim.id, text: String(given.get("text")) });
      toast(t("review.note_kept"));
      await this.open(this.item!.claim.id);
    } catch (error) {
      failed(error);
    }
  }

  private async judge(what: string, body: Record<string, unknown>, key?: string): Promise<boolean> {
    try {
      this.keep(await send<Kept>(what, body, key));
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  private keep(kept: Kept): void {
    this.said.add(kept.row.id);
    this.show(kept.item);
    const undo = { label: t("review.undo"), run: () => void this.judge("undo", { id: kept.row.id }) };
    toast(t("review.kept"), { action: undo });
    for (const row of kept.meanwhile) toast(t("review.meanwhile", { who: row.person, what: told(row.field, row.after) }), { bad: true });
    this.after(kept.item, kept.row);
  }

  // ---------------------------------------------------------------- what it is

  private own(item: Item, span: Span & { of: string }): boolean {
    const { claim } = item;
    const all: (Span | null)[] = [claim.trigger, ...claim.actors, ...claim.recipients, claim.where, claim.said_by.speaker, claim.said_by.cue, ...claim.counts];
    if (claim.when?.start != null && claim.when.end != null) all.push({ start: claim.when.start, end: claim.when.end });
    return all.some((one) => one && one.start === span.start && one.end === span.end);
  }

  private drawHead({ claim, report, event, rejected, pending }: Item): void {
    const link = webLink(report.url);
    this.head.replaceChildren(
      h("h2", { id: "review-claim", tabindex: -1 }, quadMark(claim.quad, claim.status), " ", typeName(claim.type), " ", statusBadge(claim.status)),
      h("p", { class: "review-source" },
        h("a", { href: `/reports/${encodeURIComponent(report.id)}#at-${claim.id}` }, bdi(report.title ?? report.id)), " · ", bdi(report.publisher ?? t("common.unknown")),
        report.published && ` · ${dayText(report.published)}`, " · ", t("common.score_of", { score: number(claim.score, 2) }),
        event && h("span", {}, " · ", h("a", { href: `/events/${encodeURIComponent(event)}` }, t("review.open_event"))),
        link && h("span", {}, " · ", h("a", { href: link, rel: "noopener noreferrer nofollow" }, t("review.source")))),
      h("p", { class: "badges" }, rejected && h("span", { class: "badge bad" }, t("review.is_rejected")), " ", pending && h("span", { class: "badge warn", "data-pending": "" }, t("review.pending"))),
    );
  }

  private drawFields(item: Item): void {
    const rows = FIELDS.map((field) => {
      const label = t(`review.field_${field}`);
      const correct = h("button", { type: "button", class: "small", "data-edit": field, onclick: () => void this.edit(field) }, t("review.correct"), h("span", { class: "unseen" }, ` ${label}`));
      return h("div", { class: "review-field" }, h("dt", {}, label), h("dd", {}, h("bdi", {}, plain(told(field, item.claim[field]))), " ", correct));
    });
    const why = item.claim.why.map((reason) => h("li", {}, plain(reason)));
    this.fields.replaceChildren(
      h("h3", {}, t("review.fields")),
      h("dl", {}, ...rows),
      h("details", { class: "disclosure" }, h("summary", {}, t("review.why_coded")), h("ul", { class: "disclosed" }, ...why)),
    );
  }

  // ---------------------------------------------------------------- correcting a field

  /** Opens the form of a field. */
  async edit(field: Field): Promise<void> {
    const item = this.item!;
    let known: Codes;
    try {
      known = await codesOf(item.claim.ontology);
    } catch (error) {
      return failed(error);
    }
    if (this.item !== item) return;
    this.close();
    this.fields.hidden = true;
    const key = { now: newKey(), over: false };
    const problem = h("p", { class: "problem", role: "alert" });
    const change = h("div", { class: "review-change", "aria-live": "polite" });
    const why = h("input", { id: "review-why", maxlength: 2000, autocomplete: "off" });
    const save = h("button", { type: "submit", class: "main", disabled: true }, t("review.save"));
    const tools = h("div");
    let made: Editor | null = null;

    const look = later(150, async () => {
      const value = made?.value();
      [save.disabled, problem.textContent] = [true, ""];
      if (value === undefined) return change.replaceChildren(h("p", { class: "hint" }, t("review.incomplete")));
      change.replaceChildren(h("p", { class: "hint" }, t("common.loading")));
      try {
        const { before, after, further } = (await post<Proposed>("/api/v1/review/preview", { claim: item.claim.id, field, value })).data;
        if (JSON.stringify(made?.value()) !== JSON.stringify(value)) return; // another value is being looked at by now
        change.replaceChildren(difference(field, before, after, further));
        save.disabled = JSON.stringify(before) === JSON.stringify(after);
      } catch (error) {
        change.replaceChildren();
        problem.textContent = error instanceof Error ? error.message : String(error);
      }
    });
    const asks: Asks = {
      claim: item.claim,
      codes: known,
      changed: () => {
        key.now = newKey();
        look();
      },
      pick: (label, span, then) => {
        const done = (): void => {
          this.words.stop();
          tools.replaceChildren();
          why.focus();
        };
        tools.replaceChildren(pickingTools(this.words, item.spans, done));
        this.words.start(label, span, item.claim.sentence, (chosen) => then(chosen, this.words.of(chosen)), done);
      },
    };
    made = editor(field, asks);
    const keep = async (event: Event): Promise<void> => {
      event.preventDefault();
      if (save.disabled) return;
      save.disabled = true;
      const body = { claim: item.claim.id, field, value: made?.value(), why: why.value, seen: item.seen, over: key.over };
      try {
        const kept = await send<Kept>("corrections", body, key.now);
        this.close();
        this.keep(kept);
        this.focus(field);
      } catch (error) {
        save.disabled = false;
        problem.textContent = error instanceof Error ? error.message : String(error);
        if (!(error instanceof Refused) || error.code !== "said-meanwhile") return;
        [key.now, key.over] = [newKey(), true];
        save.textContent = t("review.save_over");
      }
    };
    const give_up = (): void => {
      this.close();
      this.focus(field);
    };
    const form = h("form", { class: "card", "aria-labelledby": "review-form-heading", onsubmit: (event) => void keep(event) },
      h("h3", { id: "review-form-heading", tabindex: -1 }, t("review.correct_field", { field: t(`review.field_${field}`) })),
      made.node, tools, change, problem,
      h("div", { class: "field" }, h("label", { for: "review-why" }, t("review.why")), why),
      h("div", { class: "buttons" }, save, h("button", { type: "button", onclick: give_up }, t("common.cancel"))));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") give_up();
    });
    this.form.replaceChildren(form);
    form.querySelector<HTMLElement>("select, input, button")?.focus();
    look();
  }

  private close(): void {
    this.words.stop();
    this.form.replaceChildren();
    this.fields.hidden = false;
  }

  private focus(field: Field): void {
    this.fields.querySelector<HTMLElement>(`[data-edit=${field}]`)?.focus();
  }

  // ---------------------------------------------------------------- what people said

  private drawHistory(item: Item): void {
    const undo = (row: Row): HTMLElement | string =>
      row.stands ? h("button", { type: "button", class: "small", onclick: () => void this.judge("undo", { id: row.id }) }, t("review.undo"), h("span", { class: "unseen" }, ` ${row.id}`)) : t("review.taken_back");
    const line = (row: Row): HTMLElement =>
      h("tr", { class: row.stands ? "" : "gone" },
        h("td", {}, dayText(row.made.slice(0, 10)), " ", row.made.slice(11, 16)),
        h("td", {}, bdi(row.person), row.deciding && h("span", { class: "badge" }, t("review.deciding"))),
        h("td", {}, row.undoes ? t("review.undoes", { id: row.undoes }) : t(`review.field_${row.field}`)),
        h("td", {}, plain(told(row.field, row.before))), h("td", {}, plain(told(row.field, row.after))), h("td", {}, bdi(row.why)), h("td", {}, undo(row)));
    const head = ["made", "person", "field", "before", "after", "why_said", "undo"].map((name) => h("th", { scope: "col" }, t(`review.${name}`)));
    const table = h("div", { class: "table-wrap", role: "region", tabindex: 0, "aria-label": t("review.judgements") },
      h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...item.rows.map(line).reverse())));
    const notes = item.notes.map((note) => h("li", {}, bdi(note.person), ` · ${dayText(note.made.slice(0, 10))}: `, h("bdi", {}, plain(note.text))));
    this.history.replaceChildren(
      h("h3", {}, t("review.judgements")), item.rows.length ? table : h("p", {}, t("review.no_judgements")),
      h("h3", {}, t("review.notes")), notes.length ? h("ul", {}, ...notes) : h("p", {}, t("review.no_notes")),
    );
  }
}

/** Before → after, also of what follows from it. */
function difference(field: Field, before: unknown, after: unknown, further: Record<string, [unknown, unknown]>): HTMLElement {
  if (JSON.stringify(before) === JSON.stringify(after)) return h("p", { class: "hint" }, t("review.unchanged"));
  const line = (label: string, a: string, b: string): HTMLElement => h("p", {}, h("strong", {}, label), ": ", h("del", {}, plain(a)), " → ", h("ins", {}, plain(b)));
  const more = Object.entries(further).map(([name, [a, b]]) =>
    name === "mode" ? line(t("review.field_mode"), told("mode", a), told("mode", b)) : line(t(`review.further_${name}`), String(a ?? "–"), String(b ?? "–")));
  return h("div", {}, line(t(`review.field_${field}`), told(field, before), told(field, after)), ...more);
}

/** Asks why; null where it was given up. */
export async function askWhy(title: string, text: string): Promise<string | null> {
  const why = h("input", { name: "why", id: "review-ask-why", maxlength: 2000, autocomplete: "off" });
  const given = await ask(title, [h("p", {}, text), h("div", { class: "field" }, h("label", { for: "review-ask-why" }, t("review.why")), why)], { yes: title });
  return given ? String(given.get("why") ?? "") : null;
}
