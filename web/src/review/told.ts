// A value of a field of a claim, in words.
import { contextName, modeName, sectorName, spanText, statusName, t, typeName } from "../lib/words";
import type { Count, Field, Party, SaidBy, When, Where } from "./model";

/** The value in words that people read; values are those of a claim in JSON. */
export function told(field: Field | "claim", value: unknown): string {
  if (field === "claim") return value === null ? t("review.no_verdict") : t(`review.verdict_${value}`);
  if (value === null || (Array.isArray(value) && !value.length)) return t("review.none");
  switch (field) {
    case "type":
      return typeName(String(value));
    case "mode":
      return modeName(String(value));
    case "status":
      return statusName(String(value));
    case "contexts":
      return (value as string[]).map(contextName).join(", ");
    case "historical":
      return t(value ? "review.is_yes" : "review.is_no");
    case "actors":
    case "recipients":
      return (value as Party[]).map(party).join("; ");
    case "when":
      return when(value as When);
    case "where":
      return where(value as Where);
    case "said_by":
      return saidBy(value as SaidBy);
    case "counts":
      return (value as Count[]).map(count).join("; ");
  }
}

export function party(one: Party): string {
  const codes = [one.country, ...one.sectors.map(sectorName)].filter(Boolean).join(" ");
  const name = one.name && one.name !== one.text ? ` = ${one.name}` : "";
  return `“${one.text}”${name}${codes ? ` (${codes})` : ""}`;
}

function when(value: When): string {
  const words = value.text ? ` “${value.text}”` : "";
  return `${spanText(value.first, value.last)}${words}`;
}

function where(value: Where): string {
  const name = value.name ? ` = ${value.name}` : "";
  return `“${value.text}”${name}${value.country ? ` (${value.country})` : ""}`;
}

function saidBy(value: SaidBy): string {
  const voice = t(`common.voice_${value.voice}`);
  const stance = value.stance ? `, ${t(`codes.stance.${value.stance}`)}` : "";
  return `${voice}${value.speaker ? `: “${value.speaker.text}”` : ""}${stance}`;
}

export function count(value: Count): string {
  const { low, high } = value;
  const number = low === high ? String(low) : `${low ?? "…"}–${high ?? "…"}`;
  return `${t(`review.count_${value.what}`)} ${number}`;
}
