"""Renews the pictures in the README and in docs/start.md from the built site: `make pictures`.

Needs Playwright and a Chromium; the site in `site/` is served by our own server and taken in light colours.
"""

from __future__ import annotations

import functools
import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from readout import site  # noqa: E402 - needs the path above

PICTURES = ROOT / "docs" / "assets"
STORY = "briefings/2031-06-02-truce-collapses/"
SHOTS = {
    "briefing.png": (STORY, 1180, 1000),
    "home.png": ("", 1180, 900),
    "moves.png": ("moves/", 1180, 900),
    "phone.png": (STORY, 390, 844),
}
"""File → page of the site, width and height of the window."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Take them all; 1 where there is no site or no browser."""
    if not (ROOT / "site" / "index.html").is_file():
        print("there is no site yet: run `make site`", file=sys.stderr)
        return 1
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    handler = functools.partial(site.Handler, directory=str(ROOT / "site"))
    with site.Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        with sync_playwright() as play:
            flags = [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--font-render-hinting=none",
            ]
            browser = play.chromium.launch(executable_path=program, args=flags)
            for name, (page_path, width, height) in SHOTS.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce"
                )
                page.goto(address + page_path, wait_until="networkidle")
                page.screenshot(path=PICTURES / name)
                print(f"docs/assets/{name}")
                page.close()
            browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
