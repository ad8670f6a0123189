"""docs → site: writes the derived pages, has MkDocs build what changed, serves the result."""

from __future__ import annotations

import functools
import hashlib
import http.server
import re
import socketserver
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from readout import desk
from readout.desk import Desk
from readout.records import Page, Problem

DERIVED = ("briefings", "actors", "moves", "quotes", "timeline", "topics", "feeds")
"""Folders of `docs/` that hold nothing but derived files."""


def write_pages(place: Desk, pages: Iterable[Page]) -> tuple[int, int, int]:
    """Write the pages that changed and remove those that are gone; changed, removed, total."""
    keep: set[Path] = set()
    changed = 0
    for page in pages:
        path = place.docs / page.path
        keep.add(path)
        changed += desk.write_if_changed(path, page.text)
    removed = sum(len(desk.prune(place.docs / folder, keep)) for folder in DERIVED)
    return changed, removed, len(keep)


def inputs_digest(place: Desk) -> str:
    """Digest of all that the site depends on: configuration, pages, and the versions of what builds it."""
    total = hashlib.sha256()
    for module in ("mkdocs", "material", "markdown"):
        total.update(f"{module} {getattr(__import__(module), '__version__', '')}".encode())
    for path in [place.root / "mkdocs.yml", *sorted(p for p in place.docs.rglob("*") if p.is_file())]:
        total.update(place.shown(path).encode() + b"\0")
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def build(place: Desk) -> tuple[bool | None, list[Problem]]:
    """Have MkDocs build the site, strictly; (True built, False up to date, None failed) and problems."""
    configuration = place.root / "mkdocs.yml"
    if not configuration.is_file():
        return None, [Problem("mkdocs.yml", None, "is missing: the site cannot be built without it")]
    stamp = place.cache / "site.digest"
    wanted = inputs_digest(place)
    if (place.site / "index.html").is_file() and desk.read_text(stamp) == wanted:
        return False, []
    stamp.unlink(missing_ok=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "-f", str(configuration), "-d", str(place.site)]
    done = subprocess.run(command, cwd=place.root, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if re.match(r"(WARNING|ERROR|Aborted|Error|Config value)", line.strip())]
        return None, [Problem("mkdocs.yml", None, "MkDocs could not build the site: " + (" / ".join(said[:5]) or "see `mkdocs build --strict`"))]
    desk.write_if_changed(stamp, wanted)
    return True, []


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, with the site's own 404 page, and says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Stay silent."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's 404 page where there is one."""
        page = Path(self.directory) / "404.html"
        if code == 404 and page.is_file():
            body = page.read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
            return
        super().send_error(code, message, explain)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Serves several readers at once."""

    daemon_threads = True


def serve(place: Desk, host: str, port: int, ready: Callable[[str], None]) -> Problem | None:
    """Serve site/ until it is interrupted; a problem where it cannot begin."""
    if not (place.site / "index.html").is_file():
        return Problem("site", None, "there is no site yet: run `readout build`")
    handler = functools.partial(Handler, directory=str(place.site))
    try:
        server = Server((host, port), handler)
    except OSError as error:
        return Problem(f"{host}:{port}", None, f"cannot serve there ({error.strerror}); try another --port")
    with server:
        ready(f"http://{host}:{server.server_address[1]}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    return None
