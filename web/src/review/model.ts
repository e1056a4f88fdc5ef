// What the pages of reviewing are handed, as src/whodid/web/views/review.py makes it.

/** A place in the text of a report: Unicode code points, half-open. */
export interface Span {
  start: number;
  end: number;
}
export interface Party extends Span {
  text: string;
  id: string | null;
  name: string | null;
  country: string | null;
  sectors: string[];
}
export interface Count extends Span {
  what: string;
  low: number | null;
  high: number | null;
  text: string;
}
export interface SaidBy {
  voice: string;
  speaker: (Span & { text: string; name: string | null; id: string | null }) | null;
  cue: (Span & { text: string }) | null;
  stance: string | null;
}
export interface When {
  first: string;
  last: string;
  precision: string;
  basis: string;
  text: string | null;
  start: number | null;
  end: number | null;
}
export interface Where extends Span {
  text: string;
  name: string | null;
  country: string | null;
  geonameid: number | null;
}
export interface Claim {
  id: string;
  type: string;
  mode: string | null;
  contexts: string[];
  quad: number;
  status: string;
  historical: boolean;
  trigger: Span & { text: string };
  sentence: Span & { text: string };
  actors: Party[];
  recipients: Party[];
  when: When | null;
  where: Where | null;
  said_by: SaidBy;
  counts: Count[];
  score: number;
  why: string[];
  ontology: string;
}
export const FIELDS = [
  "type",
  "mode",
  "status",
  "actors",
  "recipients",
  "when",
  "where",
  "said_by",
  "contexts",
  "historical",
  "counts",
] as const;
export type Field = (typeof FIELDS)[number];

export interface Row {
  id: number;
  claim: string;
  field: Field | "claim";
  before: unknown;
  after: unknown;
  person: string;
  why: string;
  made: string;
  deciding: boolean;
  undoes: number | null;
  stands: boolean;
}
export interface Note {
  text: string;
  person: string;
  made: string;
}
export interface KnownSpan extends Span {
  text: string;
  of: string;
}
export interface Item {
  claim: Claim;
  event: string | null;
  rejected: boolean;
  pending: boolean;
  report: { id: string; title: string | null; publisher: string | null; published: string | null; url: string | null };
  /** Part of the report's text that starts at `offset`. */
  text: string;
  offset: number;
  whole: boolean;
  spans: KnownSpan[];
  rows: Row[];
  notes: Note[];
  /** Number of the newest judgement of the claim when this was read. */
  seen: number;
}

export interface Code {
  code: string;
  definition: string;
}
export interface Codes {
  types: (Code & { name: string; modes: Code[] })[];
  contexts: Code[];
  sectors: (Code & { name: string })[];
  countries: { code: string; name: string }[];
}
