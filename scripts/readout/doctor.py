"""Looks a project over: what is missing or broken, and how to mend it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

from readout import desk, flow, own, reading, samples
from readout.corpus import decisions
from readout.desk import Desk

GOOD, NOTE, BAD = "good", "note", "bad"
INSTALL = "python -m pip install -r requirements.txt"
PACKAGES = {
    "click": ("8.1", None),
    "PyYAML": ("6.0", None),
    "numpy": ("1.26", None),
    "trafilatura": ("2.0", None),
    "lxml_html_clean": ("0.4", None),
    "Markdown": ("3.6", None),
    "mkdocs": ("1.6", "2"),
    "mkdocs-material": ("9.6", "10"),
}
"""What the program needs: lowest version, and the first that is too new."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class Finding(NamedTuple):
    """What one look found."""

    state: str
    """`good`, `note` (it works, but something is missing) or `bad`."""
    subject: str
    said: str
    mend: str = ""
    """What to do; empty where there is nothing to do."""


def numbers(version: str) -> tuple[int, ...]:
    """A version's leading numbers, to compare.

    >>> numbers("9.8.1") < numbers("10")
    True
    """
    return tuple(int(n) for n in re.findall(r"\d+", version)[:3])


def some(names: list[str], most: int = 3) -> str:
    """A few names, and how many more."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


# ------------------------------------------------------------------ the machine
def python(place: Desk) -> Iterator[Finding]:
    """The Python that runs this."""
    said = ".".join(str(n) for n in sys.version_info[:3])
    if tuple(sys.version_info) < (3, 10):
        yield Finding(
            BAD, "Python", f"{said} is too old", "install Python 3.10 or newer and make the environment anew"
        )
    else:
        yield Finding(GOOD, "Python", said)


def packages(place: Desk) -> Iterator[Finding]:
    """The packages that are needed."""
    for name, (lowest, too_new) in PACKAGES.items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(BAD, name, "is not installed", INSTALL)
            continue
        if numbers(version) < numbers(lowest):
            yield Finding(BAD, name, f"{version} is older than {lowest}", INSTALL)
        elif too_new and numbers(version) >= numbers(too_new):
            yield Finding(BAD, name, f"{version} will not do, it must be older than {too_new}", INSTALL)
        else:
            yield Finding(GOOD, name, version)


def optional(place: Desk) -> Iterator[Finding]:
    """What the project does without, less well."""
    try:
        yield Finding(GOOD, "Pagefind", importlib.metadata.version("pagefind"))
    except importlib.metadata.PackageNotFoundError:
        yield Finding(
            NOTE,
            "Pagefind",
            "is not installed: the site uses the theme's own search",
            "python -m pip install 'pagefind[bin]'",
        )
    found = next((b for b in BROWSERS if shutil.which(b)), None)
    if found:
        yield Finding(GOOD, "Chromium", f"{found} (for the tests)")
    else:
        yield Finding(
            NOTE,
            "Chromium",
            "is not installed: tests in a browser are skipped",
            "apt install chromium, or python -m playwright install chromium",
        )


# ------------------------------------------------------------------ the project
def configuration(place: Desk) -> Iterator[Finding]:
    """`mkdocs.yml`: can it be read, does it say whose site this is."""
    try:
        data = own.current(place)
    except FileNotFoundError:
        yield Finding(
            BAD, "mkdocs.yml", "is missing", "run this in a copy of the project, or name it with --root"
        )
        return
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        yield Finding(
            BAD,
            "mkdocs.yml",
            f"cannot be read: {where}{reason}",
            "mend that line, or take the file from the last commit",
        )
        return
    yield Finding(GOOD, "mkdocs.yml", f"site “{data.get('site_name')}”")
    if not data.get("site_url"):
        yield Finding(
            NOTE,
            "address",
            "mkdocs.yml has no site_url: feeds and citations lack the full address",
            "readout init --address https://name.github.io/project/ (GitHub Pages sets it by itself)",
        )
    pages = data.get("nav")
    for entry in pages if isinstance(pages, list) else []:
        target = next(iter(entry.values()), None) if isinstance(entry, dict) else entry
        if (
            isinstance(target, str)
            and "/" not in target
            and target != "index.md"
            and not (place.docs / target).is_file()
        ):
            yield Finding(
                BAD,
                "mkdocs.yml",
                f"nav names docs/{target}, which is not there",
                "put the page back, or take the entry out",
            )


def folders(place: Desk) -> Iterator[Finding]:
    """The folders that are written to."""
    refused = []
    for folder in (place.root, place.briefings, place.articles, place.docs, place.site, place.cache):
        if not folder.is_dir():
            continue
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            refused.append(place.shown(folder) if folder != place.root else str(folder))
    if refused:
        yield Finding(
            BAD,
            "folders",
            f"cannot be written to: {', '.join(refused)}",
            "give yourself the right to write there (chmod u+w, or the folder's owner)",
        )
    elif not place.articles.is_dir():
        yield Finding(NOTE, "folders", "briefings/articles/ is not there yet", "readout add FILE makes it")
    else:
        yield Finding(GOOD, "folders", "can be written to")


def articles(place: Desk) -> Iterator[Finding]:
    """The articles: can they be read, is it known where they come from."""
    unread: list[str] = []
    unsure: list[str] = []
    lacking: dict[str, list[str]] = {"date": [], "outlet": [], "url": []}
    paths = desk.article_files(place)
    for path in paths:
        article, problems = reading.read(path, place.shown(path))
        unread += [str(p) for p in problems if article is None]
        unsure += [str(p) for p in problems if article is not None]
        if article is not None:
            for what, value in (
                ("date", article.published),
                ("outlet", article.source),
                ("url", article.url),
            ):
                if not value and not (what == "url" and article.invented):
                    lacking[what].append(path.name)
    if unread:
        yield Finding(
            BAD,
            "articles",
            f"{len(unread)} cannot be read: {some(unread)}",
            "mend or remove them; the others are not held up",
        )
    if unsure:
        yield Finding(NOTE, "articles", some(unsure), "mend the header, or the .yml file beside the article")
    for what, names in lacking.items():
        if names:
            label = "address (url)" if what == "url" else what
            wanted = {"date": "published", "outlet": "source", "url": "url"}[what]
            yield Finding(
                NOTE,
                "articles",
                f"{len(names)} without {label}: {some(names)}",
                f"write `{wanted}: …` into a header, or into a .yml file beside the article",
            )
    if not unread:
        yield Finding(GOOD, "articles", f"{len(paths)}, all of them readable")
    shipped = [s for s in samples.standing(place) if s.path.suffix.lower() in reading.READERS]
    if shipped:
        yield Finding(
            NOTE,
            "samples",
            f"{len(shipped)} of the articles are the samples that came with the project",
            "readout samples --remove",
        )


def briefings(place: Desk) -> Iterator[Finding]:
    """The briefings: does each stand in its article, and has each article one."""
    results = flow.check_all(place)
    broken = [r.path for r in results if r.problems]
    if broken:
        yield Finding(
            BAD,
            "briefings",
            f"{len(broken)} do not stand: {some(broken)}",
            "readout verify says where and what to do",
        )
    else:
        edited = sum(r.edited for r in results)
        yield Finding(
            GOOD, "briefings", f"{len(results)}, {edited} edited by hand; all stand in their articles"
        )
    have = {path.stem for path in desk.briefing_files(place)}
    new = [p.name for p in desk.article_files(place) if reading.article_id(p) not in have]
    if new:
        yield Finding(NOTE, "briefings", f"{len(new)} articles have none yet: {some(new)}", "readout brief")
    _, problems = decisions.read(place.briefings)
    if problems:
        yield Finding(
            BAD,
            "decisions.toml",
            some([p.message for p in problems]),
            "docs/format.md shows how decisions are written",
        )


# ------------------------------------------------------------------ git and GitHub
def git(place: Desk) -> Iterator[Finding]:
    """Whether work is kept, and whether it can be published."""
    program = shutil.which("git")
    if program is None:
        yield Finding(
            NOTE,
            "git",
            "is not installed: nothing keeps your earlier versions",
            "install git, or work on GitHub's own pages",
        )
        return

    def ask(*words: str) -> str | None:
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        done = subprocess.run(
            [program, *words],
            cwd=place.root,
            capture_output=True,
            text=True,
            env=environment,
            errors="replace",
        )
        return done.stdout.strip() if done.returncode == 0 else None

    if ask("rev-parse", "--is-inside-work-tree") != "true":
        yield Finding(
            NOTE,
            "git",
            "this folder is no repository: nothing keeps your earlier versions",
            "git init && git add . && git commit -m first",
        )
        return
    changed = [
        line
        for line in (ask("status", "--porcelain", "--", "briefings", "docs", "mkdocs.yml") or "").splitlines()
        if line
    ]
    if changed:
        yield Finding(
            NOTE,
            "git",
            f"{len(changed)} files are not committed yet",
            "git add briefings docs mkdocs.yml && git commit",
        )
    else:
        yield Finding(GOOD, "git", "all briefings are committed")
    remote = ask("remote", "get-url", "origin") or ""
    if not remote:
        yield Finding(
            NOTE,
            "publishing",
            "the repository has no remote",
            "docs/start.md leads from here to a published site",
        )
    elif "github.com" in remote and not (place.root / ".github" / "workflows" / "pages.yml").is_file():
        yield Finding(
            NOTE,
            "publishing",
            ".github/workflows/pages.yml is missing",
            "take it from the project; docs/start.md says how it works",
        )
    elif "github.com" in remote:
        yield Finding(
            GOOD,
            "publishing",
            "by GitHub Pages, on each push to main (Settings → Pages → Source must be “GitHub Actions”)",
        )


LOOKS: tuple[Callable[[Desk], Iterator[Finding]], ...] = (
    python,
    packages,
    optional,
    configuration,
    folders,
    articles,
    briefings,
    git,
)


def examine(place: Desk) -> list[Finding]:
    """All findings, in the order of the looks."""
    return [finding for look in LOOKS for finding in look(place)]
