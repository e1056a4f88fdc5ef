// The parts of the form in which a field of a claim is corrected. An editor gives the value as the API takes it.
import { h } from "../lib/dom";
import { contextName, modeName, sectorName, statusName, t, typeName } from "../lib/words";
import type { Claim, Codes, Count, Field, Party, Span, When, Where } from "./model";

/** What an editor may ask of the panel that it stands in. */
export interface Panel {
  claim: Claim;
  codes: Codes;
  /** Have words chosen in the text; `then` hears of every choice. */
  pick(label: string, span: Span | null, then: (span: Span, text: string) => void): void;
  /** The value is another now. */
  changed(): void;
}
export interface Editor {
  node: HTMLElement;
  /** As the API takes it; undefined while something is missing. */
  value(): unknown;
}

let last = 0;
const id = (): string => `review-field-${(last += 1)}`;

/** The editor of a field. */
export function editor(field: Field, panel: Panel): Editor {
  return EDITORS[field](panel);
}

const EDITORS: Record<Field, (panel: Panel) => Editor> = {
  type: (panel) =>
    coded(panel, t("review.field_type"), panel.claim.type, panel.codes.types.map((type) => ({ ...type, label: typeName(type.code) }))),
  mode: (panel) => {
    const modes = panel.codes.types.find((type) => type.code === panel.claim.type)?.modes ?? [];
    const none = { code: "", label: t("review.no_mode"), definition: t("review.no_mode_means") };
    const made = coded(panel, t("review.field_mode"), panel.claim.mode ?? "", [none, ...modes.map((mode) => ({ ...mode, label: modeName(mode.code) }))]);
    return { node: made.node, value: () => made.value() || null };
  },
  status: (panel) =>
    radios(panel, t("review.field_status"), panel.claim.status, ["happened", "future", "hypothetical", "negated"].map((code) => ({
      code,
      label: statusName(code),
      definition: t(`review.status_${code}_means`),
    }))),
  historical: (panel) => {
    const made = radios(panel, t("review.field_historical"), String(panel.claim.historical), ["false", "true"].map((code) => ({
      code,
      label: t(code === "true" ? "review.is_yes" : "review.is_no"),
      definition: t(`review.historical_${code}_means`),
    })));
    return { node: made.node, value: () => made.value() === "true" };
  },
  contexts: (panel) => {
    const chosen = new Set(panel.claim.contexts);
    const boxes = panel.codes.contexts.map(({ code, definition }) => check(contextName(code), definition, chosen.has(code), (on) => {
      if (on) chosen.add(code);
      else chosen.delete(code);
      panel.changed();
    }));
    const node = h("fieldset", { class: "field review-many" }, h("legend", {}, t("review.field_contexts")), ...boxes);
    return { node, value: () => [...chosen] };
  },
  actors: (panel) => parties(panel, "actors"),
  recipients: (panel) => parties(panel, "recipients"),
  when: days,
  where: place,
  said_by: said,
  counts,
};

// ---------------------------------------------------------------- codes

interface Choice {
  code: string;
  label: string;
  definition: string;
}

/** One of many codes, with the definition of the one that is chosen under it. */
function coded(panel: Panel, label: string, now: string, choices: Choice[]): Editor {
  const means = h("p", { class: "hint", id: id() });
  const list = h("select", { id: id(), "aria-describedby": means.id }, ...choices.map((one) => h("option", { value: one.code, selected: one.code === now }, one.label)));
  const tell = (): void => {
    means.textContent = choices.find((one) => one.code === list.value)?.definition ?? "";
  };
  list.addEventListener("change", () => {
    tell();
    panel.changed();
  });
  tell();
  return { node: h("div", { class: "field" }, h("label", { for: list.id }, label), list, means), value: () => list.value };
}

/** One of a few codes, each with its definition beside it. */
function radios(panel: Panel, label: string, now: string, choices: Choice[]): Editor {
  const name = id();
  let chosen = now;
  const lines = choices.map((one) => {
    const take = (): void => {
      chosen = one.code;
      panel.changed();
    };
    const button = h("input", { type: "radio", name, value: one.code, checked: one.code === now, onchange: take });
    return h("label", { class: "check" }, button, h("span", {}, one.label, " ", h("span", { class: "hint" }, one.definition)));
  });
  return { node: h("fieldset", { class: "field" }, h("legend", {}, label), ...lines), value: () => chosen };
}

function check(label: string, title: string, on: boolean, then: (on: boolean) => void): HTMLElement {
  const box = h("input", { type: "checkbox", checked: on });
  box.addEventListener("change", () => then(box.checked));
  return h("label", { class: "check", title }, box, label);
}

function input(label: string, given: Record<string, string | number>, then: (value: string) => void): HTMLElement {
  const made = h("input", { id: id(), ...given });
  made.addEventListener("input", () => then(made.value));
  return h("div", { class: "field" }, h("label", { for: made.id }, label), made);
}

// ---------------------------------------------------------------- words

/** The words of something with a button that has others chosen. */
function spoken(panel: Panel, label: string, now: { span: Span | null; text: string | null }, then: (span: Span, text: string) => void): HTMLElement {
  const words = h("q", { class: "review-words" }, h("bdi", {}, now.text ?? ""));
  words.hidden = !now.text;
  const pick = (): void => panel.pick(label, now.span, (span, text) => {
    words.replaceChildren(h("bdi", {}, text));
    words.hidden = false;
    now.span = span;
    then(span, text);
    panel.changed();
  });
  return h("div", { class: "inline" }, words, h("button", { type: "button", class: "small", onclick: pick }, t("review.pick_words")));
}

// ---------------------------------------------------------------- actors

interface Draft {
  span: Span;
  text: string;
  /** Whom the words stand for, where a person says so; else it is looked up. */
  is: { id: string; country: string; sectors: Set<string> } | null;
  from: Party | null;
}

function parties(panel: Panel, field: "actors" | "recipients"): Editor {
  const label = t(`review.field_${field}`);
  const drafts: Draft[] = panel.claim[field].map((one) => ({ span: { start: one.start, end: one.end }, text: one.text, is: null, from: one }));
  const node = h("fieldset", { class: "field" }, h("legend", {}, label));
  const list = h("div", { class: "stack" });
  const draw = (): void => list.replaceChildren(...drafts.map((draft, i) => one(draft, i)));
  const one = (draft: Draft, i: number): HTMLElement => {
    const remove = (): void => {
      drafts.splice(i, 1);
      draw();
      panel.changed();
    };
    const words = spoken(panel, label, { span: draft.span, text: draft.text }, (span, text) => {
      Object.assign(draft, { span, text, is: null, from: null });
      draw();
    });
    words.append(h("button", { type: "button", class: "small bad", onclick: remove }, t("review.remove")));
    return h("div", { class: "card" }, words, whom(panel, draft));
  };
  const add = (): void => {
    let draft: Draft | null = null; // choosing on changes the words of the one that was added
    panel.pick(label, null, (span, text) => {
      if (draft) Object.assign(draft, { span, text });
      else drafts.push((draft = { span, text, is: null, from: null }));
      draw();
      panel.changed();
    });
  };
  node.append(list, h("button", { type: "button", class: "small", onclick: add }, t(`review.add_${field}`)));
  draw();
  return { node, value: () => drafts.map(given) };
}

function given(draft: Draft): unknown {
  const { start, end } = draft.span;
  if (!draft.is) return { start, end };
  const { id: own, country, sectors } = draft.is;
  return { start, end, ...(own ? { id: own } : {}), ...(country ? { country } : {}), sectors: [...sectors] };
}

/** Whom the words stand for: looked up as the coder does, or said. */
function whom(panel: Panel, draft: Draft): HTMLElement {
  const { codes } = panel;
  const said = (): NonNullable<Draft["is"]> =>
    (draft.is ??= { id: draft.from?.id ?? "", country: draft.from?.country ?? "", sectors: new Set(draft.from?.sectors) });
  const change = (then: (is: NonNullable<Draft["is"]>) => void): void => {
    then(said());
    panel.changed();
  };
  const now = draft.is ?? { id: draft.from?.id ?? "", country: draft.from?.country ?? "", sectors: new Set(draft.from?.sectors ?? []) };
  const country = h("select", { id: id() }, h("option", { value: "" }, t("review.none")), ...codes.countries.map(({ code, name }) => h("option", { value: code, selected: code === now.country }, `${name} (${code})`)));
  country.addEventListener("change", () => change((is) => (is.country = country.value)));
  const boxes = codes.sectors.map(({ code, definition }) => check(sectorName(code), definition, now.sectors.has(code), (on) => change((is) => {
    if (on) is.sectors.add(code);
    else is.sectors.delete(code);
  })));
  return h(
    "details",
    { class: "disclosure" },
    h("summary", {}, draft.from ? t("review.whom_now", { who: draft.from.name ?? draft.from.text }) : t("review.whom_looked_up")),
    h("div", { class: "disclosed" },
      input(t("review.actor_id"), { value: now.id, autocomplete: "off" }, (value) => change((is) => (is.id = value.trim()))),
      h("div", { class: "field" }, h("label", { for: country.id }, t("review.country")), country),
      h("fieldset", { class: "field review-many" }, h("legend", {}, t("review.sectors")), ...boxes)),
  );
}

// ---------------------------------------------------------------- when and where

function days(panel: Panel): Editor {
  const now: When | null = panel.claim.when;
  const value: { first: string; last: string; span: Span | null } = {
    first: now?.first ?? "",
    last: now?.last ?? "",
    span: now && now.start !== null && now.end !== null ? { start: now.start, end: now.end } : null,
  };
  const label = t("review.field_when");
  const parts = h("div", { class: "stack" },
    h("div", { class: "inline" },
      input(t("review.first_day"), { type: "date", value: value.first }, (day) => ((value.first = day), panel.changed())),
      input(t("review.last_day"), { type: "date", value: value.last }, (day) => ((value.last = day), panel.changed()))),
    spoken(panel, label, { span: value.span, text: now?.text ?? null }, (span) => (value.span = span)));
  return knowable(panel, label, t("review.day_known"), now !== null, parts, () =>
    value.first ? { first: value.first, last: value.last || value.first, ...value.span } : undefined);
}

/** A field that may be null: a box that says whether it is known, and the parts that say what it is. */
function knowable(panel: Panel, label: string, box: string, atFirst: boolean, parts: HTMLElement, value: () => unknown): Editor {
  let known = atFirst;
  parts.hidden = !known;
  const toggle = check(box, "", known, (on) => {
    known = on;
    parts.hidden = !on;
    panel.changed();
  });
  return {
    node: h("fieldset", { class: "field" }, h("legend", {}, label), toggle, parts),
    value: () => (known ? value() : null),
  };
}

function place(panel: Panel): Editor {
  const now: Where | null = panel.claim.where;
  let span: Span | null = now ? { start: now.start, end: now.end } : null;
  let number = "";
  const label = t("review.field_where");
  const parts = h("div", { class: "stack" },
    spoken(panel, label, { span, text: now?.text ?? null }, (chosen) => (span = chosen)),
    input(t("review.geonameid"), { inputmode: "numeric", autocomplete: "off", value: "" }, (value) => ((number = value.trim()), panel.changed())),
    h("p", { class: "hint" }, t("review.geonameid_means")));
  return knowable(panel, label, t("review.place_known"), now !== null, parts, () =>
    span ? { ...span, ...(number ? { geonameid: Number(number) } : {}) } : undefined);
}

// ---------------------------------------------------------------- who says so, and how many

function said(panel: Panel): Editor {
  const now = panel.claim.said_by;
  let [speaker, cue]: (Span | null)[] = [now.speaker, now.cue];
  const voice = radios(panel, t("review.voice"), now.voice, ["outlet", "quoted", "paraphrased"].map((code) => ({
    code,
    label: t(`common.voice_${code}`),
    definition: t(`review.voice_${code}_means`),
  })));
  const stances = ["", "asserts", "denies", "doubts", "supports", "condemns"];
  const stance = h("select", { id: id() }, ...stances.map((code) => h("option", { value: code, selected: code === (now.stance ?? "") }, code ? t(`codes.stance.${code}`) : t("review.none"))));
  stance.addEventListener("change", panel.changed);
  const speakers = h("div", { class: "stack" },
    h("h4", {}, t("review.speaker")),
    spoken(panel, t("review.speaker"), { span: speaker ?? null, text: now.speaker?.text ?? null }, (span) => (speaker = span)),
    h("h4", {}, t("review.cue")),
    spoken(panel, t("review.cue"), { span: cue ?? null, text: now.cue?.text ?? null }, (span) => (cue = span)));
  const tell = (): void => void (speakers.hidden = voice.value() === "outlet");
  voice.node.addEventListener("change", tell);
  tell();
  const bare = (span: Span | null | undefined): Span | null => (span ? { start: span.start, end: span.end } : null);
  return {
    node: h("div", {}, voice.node, speakers, h("div", { class: "field" }, h("label", { for: stance.id }, t("review.stance")), stance)),
    value: () => {
      const own = voice.value() === "outlet";
      const same = now.speaker && speaker && now.speaker.start === speaker.start && now.speaker.end === speaker.end;
      return {
        voice: voice.value(),
        stance: stance.value || null,
        ...(own || same ? {} : { speaker: bare(speaker) }),
        ...(own ? {} : { cue: bare(cue) }),
      };
    },
  };
}

function counts(panel: Panel): Editor {
  const rows: (Omit<Count, "start" | "end"> & { span: Span | null })[] = panel.claim.counts.map((one) => ({ ...one, span: { start: one.start, end: one.end } }));
  const node = h("fieldset", { class: "field" }, h("legend", {}, t("review.field_counts")));
  const list = h("div", { class: "stack" });
  const number = (text: string): number | null => (text.trim() === "" ? null : Number(text));
  const draw = (): void => list.replaceChildren(...rows.map((row, i) => line(row, i)));
  const line = (row: (typeof rows)[number], i: number): HTMLElement => {
    const what = h("select", { id: id() }, ...["killed", "injured", "arrested", "crowd"].map((code) => h("option", { value: code, selected: code === row.what }, t(`review.count_${code}`))));
    what.addEventListener("change", () => ((row.what = what.value), panel.changed()));
    const remove = (): void => {
      rows.splice(i, 1);
      draw();
      panel.changed();
    };
    return h("div", { class: "card" },
      h("div", { class: "inline" },
        h("div", { class: "field" }, h("label", { for: what.id }, t("review.what")), what),
        input(t("review.low"), { type: "number", min: 0, value: row.low ?? "" }, (text) => ((row.low = number(text)), panel.changed())),
        input(t("review.high"), { type: "number", min: 0, value: row.high ?? "" }, (text) => ((row.high = number(text)), panel.changed()))),
      spoken(panel, t("review.field_counts"), { span: row.span, text: row.text }, (span, text) => Object.assign(row, { span, text })),
      h("button", { type: "button", class: "small bad", onclick: remove }, t("review.remove")));
  };
  const add = (): void => {
    rows.push({ what: "killed", low: null, high: null, text: "", span: null });
    draw();
  };
  node.append(list, h("button", { type: "button", class: "small", onclick: add }, t("review.add_count")));
  draw();
  return {
    node,
    value: () => {
      if (rows.some((row) => !row.span || (row.low === null && row.high === null))) return undefined;
      return rows.map(({ what, low, high, span }) => ({ what, low, high, ...span }));
    },
  };
}
