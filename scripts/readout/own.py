"""A site of one's own: its name, address, colours and licence, in `mkdocs.yml` and `docs/assets/own.css`.

The file stays as people wrote it: a line is replaced or added, comments and order are kept.
"""

from __future__ import annotations

import colorsys
import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from readout import desk
from readout.desk import Desk
from readout.reading import header
from readout.records import Problem

STYLE = "assets/own.css"
PAPER = {"light": ("#fbfaf7", "#f3f1ea", "#ffffff"), "dark": ("#14171b", "#1f242a", "#1b1f24")}
"""What text stands on in docs/assets/readout.css; a colour must be read on all of them."""
ENOUGH = 4.5
"""Contrast of text that WCAG 2.2 asks for at level AA."""
LICENCES = {
    "cc-by-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc-by-sa-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "cc-by-nc-4.0": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "cc0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}


class Loader(yaml.SafeLoader):
    """YAML as MkDocs reads it, its own tags taken for nothing."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be set; None leaves it as it is."""

    name: str | None = None
    description: str | None = None
    address: str | None = None
    """Where the site will be published."""
    colour: str | None = None
    """Of links and of the site's name: `#0a4d87`."""
    owner: str | None = None
    """Who answers for the site."""
    licence: str | None = None
    """Of the briefings: a code of `LICENCES`, or words."""


@dataclass(slots=True)
class Report:
    """What was written; paths from the project's root."""

    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# ------------------------------------------------------------------ colours
def rgb(colour: str) -> tuple[float, float, float] | None:
    """Red, green and blue from 0 to 1; None for words that are no `#rgb` or `#rrggbb`.

    >>> rgb("#f80")
    (1.0, 0.5333333333333333, 0.0)
    """
    m = re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", colour.strip())
    if not m:
        return None
    digits = "".join(c * 2 for c in m[1]) if len(m[1]) == 3 else m[1]
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = rgb(colour)
    assert parts is not None, colour
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21.

    >>> round(contrast("#000", "#fff"), 1)
    21.0
    """
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def readable(colour: str, scheme: str) -> str:
    """The colour, made darker (light scheme) or lighter (dark) until it can be read on its papers."""
    parts = rgb(colour)
    assert parts is not None, colour
    hue, light, saturation = colorsys.rgb_to_hls(*parts)
    step = -0.01 if scheme == "light" else 0.01
    while True:
        red, green, blue = (
            round(c * 255) for c in colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
        )
        made = f"#{red:02x}{green:02x}{blue:02x}"
        if all(contrast(made, paper) >= ENOUGH for paper in PAPER[scheme]) or not 0 <= light <= 1:
            return made
        light += step


def stylesheet(colour: str) -> str:
    """`own.css` for a colour."""
    light, dark = readable(colour, "light"), readable(colour, "dark")
    rule = "--ro-link: {0}; --ro-focus: {0}; --ro-brand: {1};"
    return (
        f"/* Written by `readout init` from {colour}: as dark, or as light, as it takes to be read. */\n"
        f':root, [data-md-color-scheme="default"] {{ {rule.format(light, light)} }}\n'
        f'[data-md-color-scheme="slate"] {{ {rule.format(dark, dark)} }}\n'
        "@media (prefers-color-scheme: dark) {\n"
        f'  .no-js [data-md-color-scheme="default"] {{ {rule.format(dark, dark)} }}\n'
        "}\n"
    )


# ------------------------------------------------------------------ mkdocs.yml
def set_line(text: str, key: str, value: str) -> str:
    """The text with `key: value` at its top level: in the key's place, else behind the site's name."""
    line = f"{key}: {json.dumps(value, ensure_ascii=False)}"
    found = re.search(rf"^{re.escape(key)}:.*(?:\n[ \t]+.*)*$", text, re.M)
    if found:
        return text[: found.start()] + line + text[found.end() :]
    before = list(re.finditer(r"^(?:site_name|site_url|site_description|copyright):.*\n?", text, re.M))
    at = before[-1].end() if before else 0
    lead = text[:at] if not at or text[:at].endswith("\n") else text[:at] + "\n"
    return f"{lead}{line}\n{text[at:]}"


def add_style(text: str) -> str:
    """The text with `own.css` last among `extra_css`."""
    if re.search(rf"^\s*- *['\"]?{re.escape(STYLE)}['\"]?\s*$", text, re.M):
        return text
    found = re.search(r"^extra_css:[ \t]*\n((?:[ \t]*- .*\n?)*)", text, re.M)
    if not found:
        return text.rstrip("\n") + f"\nextra_css:\n  - {STYLE}\n"
    indent = (re.match(r"[ \t]*", found[1]) or [""])[0] if found[1] else "  "
    end = found.end()
    gap = "" if text[:end].endswith("\n") else "\n"
    return f"{text[:end]}{gap}{indent}- {STYLE}\n{text[end:]}"


def copyright_line(owner: str | None, licence: str | None) -> str:
    """The line at the foot of each page: who answers for the site, and what others may do with it."""
    parts = [html.escape(owner)] if owner else []
    if licence:
        known = LICENCES.get(licence.strip().lower().replace(" ", "-"))
        parts.append(f'<a href="{known[1]}" rel="license">{known[0]}</a>' if known else html.escape(licence))
    return " · ".join(parts)


def current(place: Desk) -> dict[str, Any]:
    """What `mkdocs.yml` says now. Raises OSError, UnicodeDecodeError and yaml.YAMLError."""
    data = yaml.load((place.root / "mkdocs.yml").read_bytes().decode("utf-8"), Loader)
    return data if isinstance(data, dict) else {}


def wrong(wishes: Wishes) -> list[Problem]:
    """What in the wishes cannot be used."""
    problems: list[Problem] = []
    if wishes.name is not None and not header.clean(wishes.name):
        problems.append(Problem("--name", None, "is empty"))
    if wishes.address is not None and header.safe_url(wishes.address) is None:
        problems.append(Problem("--address", None, f"“{wishes.address[:80]}” is no http(s) address"))
    if wishes.colour is not None and rgb(wishes.colour) is None:
        problems.append(
            Problem("--colour", None, f"“{wishes.colour[:40]}” is no colour; write it as #0a4d87")
        )
    return problems


def write(place: Desk, wishes: Wishes) -> Report:
    """Write the wishes into the project; what is the same already is left alone."""
    report = Report(problems=wrong(wishes))
    if report.problems:
        return report
    path = place.root / "mkdocs.yml"
    try:
        raw = path.read_bytes().decode("utf-8")
        now = current(place)
    except FileNotFoundError:
        report.problems.append(
            Problem(
                "mkdocs.yml", None, "is missing: run this in a copy of the project, or name it with --root"
            )
        )
        return report
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        mark = getattr(error, "problem_mark", None)
        report.problems.append(
            Problem("mkdocs.yml", mark.line + 1 if mark else None, f"cannot be read: {reason}")
        )
        return report
    text = made = raw.replace("\r\n", "\n")
    values: dict[str, str] = {}
    if wishes.name is not None:
        values["site_name"] = header.clean(wishes.name)
    if wishes.description is not None:
        values["site_description"] = header.clean(wishes.description)
    if wishes.address is not None:
        values["site_url"] = wishes.address.strip().rstrip("/") + "/"
    if wishes.owner is not None or wishes.licence is not None:
        values["copyright"] = copyright_line(
            *(header.clean(w) if w else w for w in (wishes.owner, wishes.licence))
        )
    for key, value in values.items():
        if now.get(key) != value:
            made = set_line(made, key, value)
    if wishes.colour is not None:
        made = add_style(made)
        if desk.write_if_changed(place.docs / STYLE, stylesheet(wishes.colour.strip().lower())):
            report.changed.append(place.shown(place.docs / STYLE))
    after = yaml.load(made, Loader)
    lost = [key for key, value in values.items() if after.get(key) != value]
    if lost:
        report.problems.append(
            Problem("mkdocs.yml", None, f"{', '.join(lost)} could not be set; write it there yourself")
        )
        return report
    if made != text and desk.write_if_changed(path, made.replace("\n", "\r\n") if "\r\n" in raw else made):
        report.changed.append("mkdocs.yml")
    place.articles.mkdir(parents=True, exist_ok=True)
    return report
