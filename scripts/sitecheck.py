"""Measures a built site as its readers have it: weights, search, accessibility, HTML, Lighthouse.

    python scripts/sitecheck.py FOLDER [weights] [search] [axe] [html] [lighthouse] [--json FILE]

FOLDER holds `site/`, built by `readout build`. Without names, all is measured. `weights`, `search` and `axe`
need Playwright and Chromium; `axe`, `html` and `lighthouse` need `npm ci` in tests/node. What is not
installed is said and skipped. Exit status 1 where a limit is passed or a validator complains.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

from readout import site
from readout.desk import Desk

NODE = Path(__file__).resolve().parent.parent / "tests" / "node"
CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGE_LIMIT = 120_000
"""Bytes of home and briefing, compressed, without fonts."""
FIRST_RESULT_MS = 1500
FIRST_RESULT_BYTES = 300_000
MEGABIT_10 = 10_000_000 / 8
LATENCY_MS = 40
"""A round trip on a good mobile line; Lighthouse's “fast 4G” has 40 ms too."""
TEXT = re.compile(r"text/|javascript|json|xml|svg")


def longest(site_folder: Path, pattern: str, shown: int = 0) -> str | None:
    """The address of the heaviest page of a kind, or the n-th; None where there is none."""
    found = sorted(site_folder.glob(pattern), key=lambda p: (-p.stat().st_size, p.as_posix()))
    return found[shown].parent.relative_to(site_folder).as_posix() + "/" if len(found) > shown else None


def kinds(root: Path) -> dict[str, str]:
    """One address of each kind of page: the heaviest of its kind, for what is wrong shows there first."""
    s = root / "site"
    picked: dict[str, str | None] = {
        "home": "",
        "briefing": longest(s, "briefings/*/index.html"),
        "briefings": "briefings/",
        "actor": longest(s, "actors/*/index.html"),
        "actors": "actors/",
        "tracker": "moves/",
        "thread": longest(s, "moves/*/index.html", 1),
        "quotes": "quotes/",
        "timeline": "timeline/",
        "day": longest(s, "timeline/????-??-??/index.html"),
        "week": longest(s, "timeline/????-W??/index.html"),
        "month": longest(s, "timeline/????-??/index.html"),
        "topic": longest(s, "topics/*/index.html"),
        "topics": "topics/",
        "method": "method/",
        "data": "data/",
        "404": "404.html",
    }
    there = {name: path for name, path in picked.items() if path is not None}
    return {
        name: path
        for name, path in there.items()
        if (s / path).is_file() or (s / path / "index.html").is_file()
    }


@contextlib.contextmanager
def serving(root: Path) -> Iterator[str]:
    """The site served at the path it is built for; its address."""
    below = urlsplit(site.settings(Desk(root)).address).path
    with site.server(Desk(root), below=below) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{below}"
        finally:
            server.shutdown()


@contextlib.contextmanager
def browsing() -> Iterator[Any]:
    """A Chromium. Raises RuntimeError where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise RuntimeError("Playwright is not installed") from error
    if not CHROMIUM:
        raise RuntimeError("Chromium is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


# ------------------------------------------------------------------ weights
def weights(root: Path, say: Callable[[str], None]) -> tuple[dict[str, Any], list[str]]:
    """What each kind of page weighs, with all it loads, compressed as servers do, without fonts."""
    result: dict[str, Any] = {}
    problems = []
    with serving(root) as base, browsing() as browser:
        for name, path in kinds(root).items():
            page = browser.new_context().new_page()
            parts: dict[str, int] = {}

            def note(response: Any, parts: dict[str, int] = parts) -> None:
                with contextlib.suppress(Exception):
                    body, kind = response.body(), response.headers.get("content-type", "")
                    if "font" not in kind and response.status < 400:
                        parts[response.url] = len(gzip.compress(body, 6)) if TEXT.search(kind) else len(body)

            page.on("response", note)
            page.goto(base + path, wait_until="networkidle")
            total = sum(parts.values())
            html = parts.get(base + path, 0)
            result[name] = {"page": path, "bytes": total, "html": html, "requests": len(parts)}
            say(f"  {name:10} {total / 1000:7.1f} kB, HTML {html / 1000:6.1f} kB, {len(parts)} requests")
            if name in ("home", "briefing") and total >= PAGE_LIMIT:
                problems.append(f"{name} weighs {total} bytes, the limit is {PAGE_LIMIT}")
            page.context.close()
    files = [p for p in (root / "site").rglob("*") if p.is_file()]
    result["site"] = {"files": len(files), "bytes": sum(p.stat().st_size for p in files)}
    say(f"  site       {result['site']['bytes'] / 1e6:.1f} MB in {len(files)} files")
    return result, problems


# ------------------------------------------------------------------ search
def search(root: Path, say: Callable[[str], None]) -> tuple[dict[str, Any], list[str]]:
    """From opening the search to the first result, at 10 Mbit/s, nothing cached; and the bytes it took."""
    asked = {
        "word": word_of(root),
        "words": " ".join(word_of(root, n) for n in (1, 2)),
        "actor": name_of(root),
    }
    result: dict[str, Any] = {}
    problems = []
    with serving(root) as base, browsing() as browser:
        for name, words in asked.items():
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            page.goto(base + "briefings/", wait_until="networkidle")
            line = page.context.new_cdp_session(page)
            line.send("Network.enable")
            got: list[float] = []
            line.on("Network.loadingFinished", lambda event, got=got: got.append(event["encodedDataLength"]))
            speed = {"downloadThroughput": MEGABIT_10, "uploadThroughput": MEGABIT_10}
            line.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, **speed})
            start = time.perf_counter()
            page.keyboard.press("/")
            page.keyboard.insert_text(words)
            page.wait_for_selector(".rs-item", timeout=30_000)
            first = (time.perf_counter() - start) * 1000
            at_first = sum(got)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            result[name] = {
                "words": words,
                "ms": round(first),
                "bytes": round(at_first),
                "bytes_with_facets": round(sum(got)),
            }
            say(
                f"  {name:6} “{words}”: first result {first:.0f} ms, {at_first / 1000:.0f} kB; "
                f"with facets {sum(got) / 1000:.0f} kB"
            )
            if first >= FIRST_RESULT_MS or at_first >= FIRST_RESULT_BYTES:
                problems.append(
                    f"search for “{words}”: {first:.0f} ms and {at_first:.0f} bytes; "
                    f"the limits are {FIRST_RESULT_MS} and {FIRST_RESULT_BYTES}"
                )
            page.context.close()
    return result, problems


def word_of(root: Path, n: int = 0) -> str:
    """A longer word of a quote, as a reader might remember it."""
    rows = json.loads((root / "site" / "api" / "quotes.json").read_text(encoding="utf-8"))
    found = re.findall(r"[a-z]{6,}", rows[len(rows) // 2]["words"]) or ["agreement"]
    return str(found[n % len(found)])


def name_of(root: Path) -> str:
    """The name of the most quoted actor."""
    rows = json.loads((root / "site" / "api" / "actors.json").read_text(encoding="utf-8"))
    return str(max(rows, key=lambda r: (r["quotes"], r["id"]))["name"])


# ------------------------------------------------------------------ axe
def axe(root: Path, say: Callable[[str], None]) -> tuple[dict[str, Any], list[str]]:
    """axe-core on every kind of page, light and dark, phone and desktop, and with search and citing open."""
    script = NODE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        raise RuntimeError("axe-core is not installed: run `npm ci` in tests/node")
    code = script.read_text(encoding="utf-8")
    result: dict[str, Any] = {}
    problems = []
    with serving(root) as base, browsing() as browser:
        for size, viewport in (
            ("phone", {"width": 390, "height": 844}),
            ("desktop", {"width": 1280, "height": 800}),
        ):
            for scheme in ("light", "dark"):
                page = browser.new_context(
                    viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
                ).new_page()
                for name, path in kinds(root).items():
                    page.goto(base + path, wait_until="networkidle")
                    states = [name]
                    if name == "briefing":
                        states += ["search", "cite"]
                    for state in states:
                        if state == "search":
                            open_search(page, word_of(root))
                        elif state == "cite":
                            page.goto(base + path, wait_until="networkidle")
                            page.locator(".cite-block [data-cite]").first.click()
                            page.wait_for_selector(".cite-dialog textarea")
                        page.evaluate(code)
                        found = page.evaluate(
                            "axe.run(document, {resultTypes: ['violations', 'incomplete']})"
                        )
                        where = f"{state} {size} {scheme}"
                        result[where] = {
                            "violations": len(found["violations"]),
                            "incomplete": len(found["incomplete"]),
                            "passes": len(found["passes"]),
                        }
                        for v in found["violations"]:
                            node = v["nodes"][0]
                            problems.append(
                                f"{where}: {v['id']} ({len(v['nodes'])}): {node['target']} "
                                f"{node.get('failureSummary', '').splitlines()[-1].strip()}"
                            )
                page.context.close()
    say(f"  {len(result)} pages and states, {sum(r['violations'] for r in result.values())} violations")
    return result, problems


def open_search(page: Any, words: str) -> None:
    """Open the search with results in sight."""
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    page.wait_for_selector(".rs-item")
    if page.locator(".rs-panel").get_attribute("open") != "":
        page.locator(".rs-panel > summary").click()
    page.wait_for_timeout(400)


# ------------------------------------------------------------------ HTML
def html(root: Path, say: Callable[[str], None]) -> tuple[dict[str, Any], list[str]]:
    """html-validate on one page of every kind."""
    program = NODE / "node_modules" / ".bin" / "html-validate"
    if not program.exists():
        raise RuntimeError("html-validate is not installed: run `npm ci` in tests/node")
    files = {}
    for name, path in kinds(root).items():
        file = root / "site" / path
        files[str(file / "index.html" if file.is_dir() else file)] = name
    # Into a file: node cuts what it writes into a pipe when it ends.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        command = [str(program), "--config", str(NODE / "htmlvalidate.json"), "--formatter", "json", *files]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
        out.seek(0)
        try:
            reports = json.load(out)
        except ValueError as error:
            raise RuntimeError(f"html-validate failed: {done.stderr.strip()[:300]}") from error
    result: dict[str, Any] = dict.fromkeys(files.values(), 0)
    problems = []
    for report in reports:
        name = files.get(report["filePath"], report["filePath"])
        result[name] = report["errorCount"]
        seen: set[str] = set()
        for m in report["messages"]:
            if m["severity"] == 2 and m["ruleId"] not in seen:
                seen.add(m["ruleId"])
                problems.append(f"{name}:{m['line']}:{m['column']}: {m['ruleId']}: {m['message']}")
    say(f"  {len(files)} kinds of page, {sum(result.values())} errors")
    return result, problems


# ------------------------------------------------------------------ Lighthouse
def lighthouse(root: Path, say: Callable[[str], None]) -> tuple[dict[str, Any], list[str]]:
    """Lighthouse's four scores (mobile) on home, briefing, actor and tracker; what keeps any from 100."""
    program = NODE / "node_modules" / ".bin" / "lighthouse"
    if not program.exists() or not CHROMIUM:
        raise RuntimeError("Lighthouse or Chromium is not installed: run `npm ci` in tests/node")
    result: dict[str, Any] = {}
    with serving(root) as base:
        for name in ("home", "briefing", "actor", "tracker"):
            path = kinds(root).get(name)
            if path is None:
                continue
            command = [str(program), base + path, "--output=json", "--quiet", "--no-enable-error-reporting"]
            command.append(f"--chrome-flags=--headless {' '.join(FLAGS)}")
            environment = {**os.environ, "CHROME_PATH": CHROMIUM}
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, env=environment, timeout=240
            )
            try:
                report = json.loads(done.stdout)
            except ValueError:
                say(f"  {name}: Lighthouse failed: {done.stderr.strip()[-200:]}")
                continue
            scores = {c: round((report["categories"][c]["score"] or 0) * 100) for c in report["categories"]}
            short = []
            for c in report["categories"].values():
                for ref in c["auditRefs"]:
                    audit = report["audits"][ref["id"]]
                    if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                        short.append(
                            f"{ref['id']} {audit['score']:.2f} {audit.get('displayValue', '')}".strip()
                        )
            result[name] = {"scores": scores, "short": short}
            say(f"  {name:10} {scores} {'; '.join(short)}")
    return result, []


CHECKS = {"weights": weights, "search": search, "axe": axe, "html": html, "lighthouse": lighthouse}


def main() -> int:
    """Run what is asked for; the exit status."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("checks", nargs="*", choices=[[], *CHECKS], default=[])  # type: ignore[arg-type]
    options.add_argument("--json", type=Path, help="write the figures here")
    chosen = options.parse_args()
    root = chosen.folder.resolve()
    status, figures = 0, {}
    for name in chosen.checks or CHECKS:
        print(name)
        try:
            figures[name], problems = CHECKS[name](root, print)
        except RuntimeError as error:
            print(f"  skipped: {error}")
            continue
        for problem in problems:
            print(f"  ! {problem}")
            status = 1
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
