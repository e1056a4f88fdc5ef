// Asking the program behind the page.
import { t } from "./words";

export interface Envelope<T> {
  data: T;
  meta: { version: number; total: number | null; next: string | null };
}

/** What the program refused, with its short code. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** GET path (with its query). Throws Refused, or AbortError where `signal` was given up. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<Envelope<T>> {
  return answer<T>(path, { headers: { Accept: "application/json" }, ...(signal ? { signal } : {}) });
}

/** Send a JSON body (POST by default) with the token that shows that it comes from this page. key: the same one when the
 * same thing is sent again, so that it is done once. */
export async function post<T>(path: string, body: unknown, method = "POST", key?: string): Promise<Envelope<T>> {
  const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
  return answer<T>(path, {
    method,
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": csrf, ...(key ? { "Idempotency-Key": key } : {}) },
    body: JSON.stringify(body),
  });
}

/** The HTML of a page, for putting a part of it in the place of an old one. */
export async function getPage(path: string, signal?: AbortSignal): Promise<Document> {
  const found = await reach(path, { headers: { Accept: "text/html" }, ...(signal ? { signal } : {}) });
  const text = await found.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!found.ok) throw new Refused(found.status, `http-${found.status}`, page.querySelector(".empty p")?.textContent ?? found.statusText);
  return page;
}

async function answer<T>(path: string, init: RequestInit): Promise<Envelope<T>> {
  const found = await reach(path, init);
  if (found.status === 204) return { data: null as T, meta: { version: 0, total: null, next: null } };
  const body: unknown = await found.json().catch(() => null);
  if (found.ok) return body as Envelope<T>;
  const error = (body as { error?: { code: string; message: string } } | null)?.error;
  throw new Refused(found.status, error?.code ?? `http-${found.status}`, error?.message ?? found.statusText);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused(0, "offline", t("common.offline"));
  }
}
