// The words of the interface, as the page hands them over; and days and numbers as its language writes them.
import { readData } from "./dom";

type Text = string | { one: string; other: string };

const texts = readData<Record<string, Text>>("words");
/** The language of the page, BCP 47. */
export const language = document.documentElement.lang || "en";
const written = language === "en" ? "en-GB" : language; // days as 3 Jan 2020, which everyone reads alike
const numbers = new Intl.NumberFormat(language);
const days = new Intl.DateTimeFormat(written, { dateStyle: "medium", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(written, { month: "short", year: "numeric", timeZone: "UTC" });
const countries = new Intl.DisplayNames([language], { type: "region" });

/** The text of a key with what is given put in: t("common.events", { n: 3 }). Throws for a key that is not there. */
export function t(key: string, given: Record<string, string | number> = {}): string {
  let text = texts[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  if (typeof text !== "string") text = given.n === 1 ? text.one : text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = given[name];
    if (value === undefined) return whole;
    return name === "n" && typeof value === "number" ? number(value) : String(value);
  });
}

function code(kind: string, value: string): string {
  const text = texts[`codes.${kind}.${value}`];
  return typeof text === "string" ? text : value.replace(/[_-]/g, " ");
}

/** ASSAULT → Assault. */
export const typeName = (value: string): string => code("type", value);
export const modeName = (value: string): string => code("mode", value);
export const sectorName = (value: string): string => code("sector", value);
export const contextName = (value: string): string => code("context", value);
export const quadName = (quad: number): string => code("quad", String(quad));
export const statusName = (status: string): string => t(`common.status_${status}`);

/** A country by its alpha-2 code. */
export function regionName(alpha2: string): string {
  try {
    return countries.of(alpha2) ?? alpha2;
  } catch {
    return alpha2;
  }
}

/** 12345 → 12,345. */
export function number(value: number, digits?: number): string {
  return digits === undefined ? numbers.format(value) : new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A day as YYYY-MM-DD → 3 Jan 2020. */
export function dayText(day: string): string {
  return days.format(new Date(`${day}T00:00:00Z`));
}

/** First and last possible day in words, never narrower than they are. */
export function spanText(first: string | null, last: string | null): string {
  if (!first) return t("common.no_day");
  const end = last ?? first;
  if (first === end) return dayText(first);
  if (first.endsWith("-01-01") && end.endsWith("-12-31")) {
    return first.slice(0, 4) === end.slice(0, 4) ? first.slice(0, 4) : `${first.slice(0, 4)}–${end.slice(0, 4)}`;
  }
  const a = new Date(`${first}T00:00:00Z`);
  const b = new Date(`${end}T00:00:00Z`);
  const after = new Date(b.getTime() + 86_400_000);
  if (first.endsWith("-01") && first.slice(0, 7) === end.slice(0, 7) && after.getUTCDate() === 1) return months.format(a);
  return days.formatRange(a, b);
}
