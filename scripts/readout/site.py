"""docs → site: writes the derived pages, has MkDocs build what changed, serves the result."""

from __future__ import annotations

import contextlib
import functools
import gzip
import hashlib
import http.server
import importlib.metadata
import importlib.util
import io
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import yaml

from readout import desk
from readout.desk import Desk
from readout.records import Page, Problem, Site

DERIVED = ("briefings", "actors", "moves", "quotes", "timeline", "topics", "feeds", "api", "cite")
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


# ------------------------------------------------------------------ settings
class Loader(yaml.SafeLoader):
    """Reads `mkdocs.yml`: knows `!ENV`, and passes over tags for Python's own objects."""


def read_env(loader: Loader, node: yaml.Node) -> Any:
    """`!ENV NAME` or `!ENV [NAME, OTHER, default]`, as MkDocs reads it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
        return next((os.environ[n] for n in names if n in os.environ), default)
    return os.environ.get(str(loader.construct_scalar(node)))  # type: ignore[arg-type]


Loader.add_constructor("!ENV", read_env)
Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def configuration(place: Desk) -> dict[str, Any]:
    """What `mkdocs.yml` says; empty where it cannot be read (MkDocs then says why)."""
    try:
        data = yaml.load((place.root / "mkdocs.yml").read_bytes(), Loader)
    except (OSError, yaml.YAMLError):
        return {}
    return data if isinstance(data, dict) else {}


def settings(place: Desk) -> Site:
    """The site's name, description, language and address, as derived files need them.

    Where `mkdocs.yml` has no `site_url`, feeds and citations carry the address of `readout serve`: an
    address of our own making would be worse than one that works on this machine only.
    """
    data = configuration(place)
    theme = data.get("theme")
    address = str(data.get("site_url") or "").strip()
    default = Site()
    return Site(
        name=str(data.get("site_name") or default.name),
        description=str(data.get("site_description") or ""),
        address=address.rstrip("/") + "/"
        if urlsplit(address).scheme in ("http", "https")
        else default.address,
        language=str(theme.get("language") or "en") if isinstance(theme, dict) else "en",
    )


# ------------------------------------------------------------------ build
def inputs_digest(place: Desk) -> str:
    """Digest of all that the site depends on: configuration, theme, pages, versions of what builds it."""
    total = hashlib.sha256()
    for name in (
        "mkdocs",
        "mkdocs-material",
        "markdown",
        "pymdown-extensions",
        "jinja2",
        "pygments",
        "pagefind_bin",
    ):
        total.update(f"{name} {version(name)}\n".encode())
    theme = configuration(place).get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    folders = [place.docs, *([place.root / str(custom)] if custom else [])]
    for path in [
        place.root / "mkdocs.yml",
        *(p for f in folders for p in sorted(f.rglob("*")) if p.is_file()),
    ]:
        total.update(place.shown(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def version(name: str) -> str:
    """The installed version of a package; "" where there is none."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


SAID = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\s*-\s*(?:\[[\w.]+\] )?(?P<what>.*)$")
NAMED = re.compile(
    r"(?:Doc file|page|file|Template|Error (?:reading|building) page) "
    r"['\"‘]?(?P<file>[^'\"’:]+\.(?:md|html|yml))['\"’]?"
)


def complaints(output: str, place: Desk) -> list[Problem]:
    """What MkDocs complains of, each with the file it is about where it names one."""
    problems: dict[str, Problem] = {}
    for line in output.splitlines():
        m = SAID.match(line.strip())
        if m:
            named = NAMED.search(m["what"])
            path = (
                f"docs/{named['file']}"
                if named and named["file"].endswith(".md")
                else named["file"]
                if named
                else "mkdocs.yml"
            )
            problems.setdefault(m["what"], Problem(path, None, m["what"]))
    if not problems:
        last = [line.strip() for line in output.splitlines() if line.strip()]
        problems[""] = Problem(
            "mkdocs.yml", None, f"MkDocs could not build the site: {last[-1] if last else 'it said nothing'}"
        )
    return list(problems.values())[:20]


def build(
    place: Desk, searched: Iterable[tuple[str, str, str]] = (), program: str = "mkdocs"
) -> tuple[bool | None, list[Problem]]:
    """Have MkDocs build the site, strictly; (True built, False up to date, None failed) and problems.

    `searched` are the records of the search index (`pages.search.entries`: index, address, HTML). They are
    used where Pagefind is installed; elsewhere the site keeps the theme's own search. `program` is `mkdocs`
    or another that takes its command line (`properdocs`).
    """
    if not (place.root / "mkdocs.yml").is_file():
        return None, [Problem("mkdocs.yml", None, "is missing: the site cannot be built without it")]
    indexed = (
        importlib.util.find_spec("pagefind") is not None
        and importlib.util.find_spec("pagefind_bin") is not None
    )
    names = write_records(place, searched) if indexed else []
    stamp = place.cache / "site.digest"
    wanted = f"{inputs_digest(place)} {records_digest(place) if names else ''} {program}"
    if (place.site / "index.html").is_file() and desk.read_text(stamp) == wanted:
        return False, []
    stamp.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        program,
        "build",
        "--strict",
        "--clean",
        "-f",
        str(place.root / "mkdocs.yml"),
        "-d",
        str(place.site),
    ]
    # The theme asks for this to know whose search box to show. A fixed date, for MkDocs writes one into its
    # files.
    environment = {
        **os.environ,
        "READOUT_SEARCH": "true" if names else "false",
        "READOUT_THEME_SEARCH": "false" if names else "true",
        "SOURCE_DATE_EPOCH": "0",
        "NO_MKDOCS_2_WARNING": "1",
    }
    done = subprocess.run(
        command,
        cwd=place.root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        return None, complaints(done.stdout + "\n" + done.stderr, place)
    problems = index(place, names) if names else []
    if not problems:
        desk.write_if_changed(stamp, wanted)
    return True, problems


# ------------------------------------------------------------------ search
UNUSED = ("pagefind-*.js", "pagefind-*.css", "wasm.unknown.pagefind")
"""Pagefind's own search boxes and its worker, which ours does without."""


def write_records(place: Desk, searched: Iterable[tuple[str, str, str]]) -> list[str]:
    """Put the records of the search index aside, a folder an index; their names, the first to load first."""
    folder = place.cache / "search"
    keep: set[Path] = set()
    names: set[str] = set()
    for name, path, html in searched:
        file = folder / name / path / "index.html"
        keep.add(file)
        names.add(name)
        desk.write_if_changed(file, html)
    desk.prune(folder, keep)
    return sorted(names, key=lambda n: (n[:1].isdigit(), n), reverse=True)


def records_digest(place: Desk, name: str = "") -> str:
    """Digest of the records of an index, or of all."""
    total = hashlib.sha256()
    for path in sorted((place.cache / "search" / name).rglob("*.html")):
        total.update(path.relative_to(place.cache).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def written_pages(place: Desk) -> Iterable[tuple[str, str]]:
    """Address and content of the built pages that people wrote (`docs/method.md`), for the index of names."""
    for source in sorted(place.docs.glob("*.md")):
        built = place.site / source.stem / "index.html"
        if source.stem not in ("index", "README") and built.is_file():
            found = re.search(r"<article[^>]*>(.*?)</article>", built.read_text(encoding="utf-8"), re.S)
            if found:
                body = re.sub(
                    r'<a class="headerlink".*?</a>|<script.*?</script>|<(details|nav)[^>]*toc.*?</\1>',
                    "",
                    found[1],
                    flags=re.S,
                )
                yield f"{source.stem}/", body


def index(place: Desk, names: list[str]) -> list[Problem]:
    """Have Pagefind index the records into `site/pagefind/`, each index apart, only those that changed."""
    for path, body in written_pages(place):
        kind = '<i data-pagefind-meta="kind[data-v]" data-v="page"></i>'
        head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title></title></head>'
        html = f"{head}<body data-pagefind-body>{body}{kind}</body></html>\n"
        desk.write_if_changed(place.cache / "search" / "names" / path / "index.html", html)
    program = version("pagefind_bin")
    for name in names:
        made = place.cache / "pagefind" / name
        wanted = f"{program} {records_digest(place, name)}"
        if desk.read_text(made / "digest") != wanted:
            shutil.rmtree(made, ignore_errors=True)
            folder = str(place.cache / "search" / name)
            command = [
                sys.executable,
                "-m",
                "pagefind",
                "--site",
                folder,
                "--output-path",
                str(made / "index"),
            ]
            command += ["--force-language", "en", "--quiet"]
            done = subprocess.run(
                command, cwd=place.root, capture_output=True, text=True, encoding="utf-8", errors="replace"
            )
            if done.returncode or not (made / "index" / "pagefind-entry.json").is_file():
                said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
                return [
                    Problem(
                        f"search index “{name}”",
                        None,
                        f"Pagefind failed: {' / '.join(said[-3:]) or 'it said nothing'}",
                    )
                ]
            for pattern in UNUSED:
                for file in (made / "index").glob(pattern):
                    file.unlink()
            desk.write_if_changed(made / "digest", wanted)
        target = place.site / "pagefind" / name
        shutil.copytree(made / "index", target)
        if name != names[0]:
            # The program is loaded once, with the first index; the others are merged into it.
            (target / "pagefind.js").unlink(missing_ok=True)
            (target / "wasm.en.pagefind").unlink(missing_ok=True)
    for old in (place.cache / "pagefind").iterdir():
        if old.name not in names:
            shutil.rmtree(old)
    (place.site / "pagefind" / names[0] / "pagefind.js").rename(place.site / "pagefind" / "pagefind.js")
    listed = {"version": records_digest(place)[:12], "indexes": names}
    (place.site / "pagefind" / "indexes.json").write_text(json.dumps(listed) + "\n", encoding="utf-8")
    # The theme's index of all pages is read by nobody now.
    shutil.rmtree(place.site / "search", ignore_errors=True)
    return []


# ------------------------------------------------------------------ serve
TEXT = re.compile(r"text/|application/(?:javascript|json|xml|.*\+(?:json|xml))|image/svg")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files below a path, with the site's own 404 page, and says nothing of each request."""

    extensions_map = {  # noqa: RUF012 - the parent has it so
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".json": "application/json",
        ".bib": "application/x-bibtex",
        ".ris": "application/x-research-info-systems",
    }

    def __init__(self, *arguments: Any, below: str = "/", **more: Any) -> None:
        self.below = below
        super().__init__(*arguments, **more)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The file asked for, where it lies below the site's path."""
        if not self.path.startswith(self.below):
            if self.path + "/" == self.below:
                self.send_response(301)
                self.send_header("Location", self.below)
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self.send_error(404)
            return None
        asked, self.path = self.path, "/" + self.path[len(self.below) :]
        try:
            return self.compressed() or super().send_head()
        finally:
            self.path = asked

    def compressed(self) -> io.BytesIO | None:
        """The file asked for in gzip, as web servers send text; None where it is none, or not wanted so."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        kind = self.guess_type(str(path))
        if (
            not path.is_file()
            or not TEXT.match(kind)
            or "gzip" not in self.headers.get("Accept-Encoding", "")
        ):
            return None
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        return io.BytesIO(body)

    def send_header(self, keyword: str, value: str) -> None:
        """A redirection to a folder stays below the site's path."""
        if keyword.lower() == "location" and value.startswith("/") and not value.startswith(self.below):
            value = self.below + value[1:]
        super().send_header(keyword, value)

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


def server(place: Desk, host: str = "127.0.0.1", port: int = 0, below: str = "/") -> Server:
    """A server of site/ at a path (`/`, `/project/`), not yet serving. OSError where it cannot begin."""
    return Server((host, port), functools.partial(Handler, directory=str(place.site), below=below))


def serve(
    place: Desk, host: str, port: int, ready: Callable[[str], None], below: str = "/"
) -> Problem | None:
    """Serve site/ until it is interrupted; a problem where it cannot begin."""
    if not (place.site / "index.html").is_file():
        return Problem("site", None, "there is no site yet: run `readout build`")
    below = "/" + below.strip("/") + "/" if below.strip("/") else "/"
    try:
        running = server(place, host, port, below)
    except OSError as error:
        return Problem(f"{host}:{port}", None, f"cannot serve there ({error.strerror}); try another --port")
    with running:
        ready(f"http://{host}:{running.server_address[1]}{below}")
        with contextlib.suppress(KeyboardInterrupt):
            running.serve_forever()
    return None
