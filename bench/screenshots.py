"""Pictures of every page, for docs/web.md: ``python -m bench.screenshots DATASET`` writes docs/screenshots/*.png.

The dataset is the demo's (``make demo``); the browser is the system's Chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path

from whodid.dataset import open_dataset
from whodid.web import Options
from whodid.web.serving import Serving

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
MOST_BYTES = 150_000
_WAIT_MS = 1_500  # for charts, the land of the map, the layout of the network


def pages(dataset: Path) -> dict[str, str]:
    """Name of the picture → address: of the event that most reports tell, its first report and its first actor."""
    sql = "SELECT id, reports, actor_ids FROM events ORDER BY independent DESC, id LIMIT 1"
    event = open_dataset(dataset).query(sql).to_pylist()[0]
    return {
        "overview": "/?type=ASSAULT", "timeline": "/timeline?since=2019-12-20", "map": "/map", "network": "/network",
        "event": f"/events/{event['id']}", "report": f"/reports/{event['reports'][0]}",
        "actors": "/actors", "actor": f"/actors/{event['actor_ids'][0]}", "compare": "/compare", "review": "/review",
        "agreement": "/review/agreement", "own-text": "/try", "views": "/views", "api": "/api", "account": "/account",
    }  # fmt: skip


def main(dataset: Path) -> None:
    """Write the pictures. Raises SystemExit where one is too large or a page answers with an error."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    FOLDER.mkdir(exist_ok=True)
    with Serving(Options(folder=dataset), 0) as serving, sync_playwright() as playwright:
        threading.Thread(target=serving.run, daemon=True).start()
        root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=root)
        page = browser.new_page(base_url=serving.url, viewport={"width": 960, "height": 640}, reduced_motion="reduce")
        shots = [(name, address, "light", 960) for name, address in pages(dataset).items()]
        shots += [("overview-dark", "/?type=ASSAULT", "dark", 960), ("overview-phone", "/?type=ASSAULT", "light", 360)]
        for name, address, colours, width in shots:
            page.set_viewport_size({"width": width, "height": 640 if name == "map" else 860})
            page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
            answer = page.goto(address)
            if answer is None or not answer.ok:
                raise SystemExit(f"{address} answers {answer.status if answer else 'nothing'}")
            page.wait_for_timeout(_WAIT_MS)
            target = FOLDER / f"{name}.png"
            page.screenshot(path=target)
            if target.stat().st_size > MOST_BYTES:
                raise SystemExit(f"{target} has {target.stat().st_size} bytes, more than {MOST_BYTES}")
            print(f"{target.name}  {target.stat().st_size:,} bytes  {address}")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m bench.screenshots DATASET")
    main(Path(sys.argv[1]))
