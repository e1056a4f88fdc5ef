// Runs before the page is drawn, so that it never flashes: the chosen colours, and that scripts run at all.
{
  const root = document.documentElement;
  root.classList.add("script");
  try {
    const chosen = localStorage.getItem("whodid-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // storage may be forbidden; then the system's colours are taken
  }
}
