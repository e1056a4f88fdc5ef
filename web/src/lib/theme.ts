// Colours of the page, also for what is drawn on a canvas.

const KEY = "whodid-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();

/** What the reader chose: "system", "light" or "dark". */
export function chosenTheme(): string {
  return document.documentElement.dataset.theme ?? "system";
}

/** Take these colours from now on, and remember them where the browser lets us. */
export function chooseTheme(theme: string): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // not remembered, but taken
  }
  tell();
}

/** The value of a colour token such as "--q4" in the present theme, as rgb(…). */
export function token(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  probe.hidden = true;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Call `then` whenever the colours changed. */
export function onTheme(then: () => void): void {
  watchers.add(then);
}

/** True where the reader wants little motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function tell(): void {
  for (const watcher of watchers) watcher();
}

dark.addEventListener("change", () => {
  if (chosenTheme() === "system") tell();
});
