"""Build `lexicons/name_genders.tsv` from faker: `python -m training.genders FOLDER` (the unpacked wheel).

Names that any locale gives to both women and men are left out.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from readout.lexicon import LEXICONS
from readout.slugs import fold

HEADER = """# Given names of the world by gender (f, m), folded to a-z; names borne by both are left out.
# Source: faker 40.54.0, names of women and of men of all locales in Latin letters; written by
# scripts/training/genders.py. Licence: MIT, Copyright (c) 2012 Daniele Faraglia. Date: 2026-11-23.
# Columns: gender, names (parted by spaces).
"""
PLAIN = re.compile(r"[a-z]{3,}(?:-[a-z]+)?")


def names(folder: Path) -> dict[str, set[str]]:
    """Gender → folded names."""
    found: dict[str, set[str]] = {"f": set(), "m": set(), "both": set()}
    for file in sorted((folder / "faker/providers/person").glob("*/__init__.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and node.targets and isinstance(node.targets[0], ast.Name):
                label, value = node.targets[0].id, node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                label, value = node.target.id, node.value
            else:
                continue
            if "first_name" not in label and "given_name" not in label:
                continue
            gender = (
                "f" if "female" in label else "m" if "male" in label else "both" if "unisex" in label else ""
            )
            if gender:
                words = [
                    n.value
                    for n in ast.walk(value)
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                ]
                found[gender] |= {key for w in words if PLAIN.fullmatch(key := fold(w))}
    return found


def main(folder: Path) -> None:
    """Write the list."""
    found = names(folder)
    unsure = (found["f"] & found["m"]) | found["both"]
    lines = [f"{g}\t{' '.join(sorted(found[g] - unsure))}" for g in "fm"]
    (LEXICONS / "name_genders.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
