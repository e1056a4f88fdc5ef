// Sending judgements: each with a key of its own, and again with the same key where no answer came.
import { post, Refused } from "../lib/api";

/** A new key. (crypto.randomUUID is missing where a page does not come over https.) */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const PAUSES_MS = [500, 2_000, 5_000];

/** Sends a judgement; where the server cannot be reached, three times more. Throws Refused. */
export async function send<T>(what: string, body: unknown, key = newKey()): Promise<T> {
  for (const pause of [...PAUSES_MS, null]) {
    try {
      return (await post<T>(`/api/v1/review/${what}`, body, "POST", key)).data;
    } catch (error) {
      const lost = error instanceof Refused && error.status === 0;
      if (!lost || pause === null) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  throw new Error("unreachable");
}
