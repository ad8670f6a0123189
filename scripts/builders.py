"""Builds a project with MkDocs, ProperDocs and Zensical, and compares the sets of addresses they make.

    python scripts/builders.py FOLDER

FOLDER is a project whose pages are derived (`readout build`). ProperDocs and Zensical read the same
`mkdocs.yml`; the day MkDocs is gone, one of them takes over. Those not installed are said and passed over.
Exit status 1 where one fails, or makes other addresses than MkDocs.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMANDS = {
    "mkdocs": ["-m", "mkdocs", "build", "--strict", "--clean"],
    "properdocs": ["-m", "properdocs", "build", "--strict", "--clean"],
    "zensical": ["-m", "zensical", "build", "--clean"],
}
OWN = ("assets/", "search/", "search.json", "sitemap.xml.gz", "objects.inv")
"""What each program brings along under names of its own."""


ASIDE = ".readout/zensical"


def addresses(site: Path) -> set[str]:
    """All files of a site but the programs' own."""
    found = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    return {f for f in found if not f.startswith(OWN)}


def build(program: str, root: Path, out: Path) -> str | None:
    """Build `root` into `out`; what went wrong, or None."""
    environment = {**os.environ, "READOUT_SEARCH": "true", "SOURCE_DATE_EPOCH": "0"}
    command = [sys.executable, *COMMANDS[program], "-f", str(root / "mkdocs.yml")]
    if program == "zensical":
        # It has no option for the folder, and takes none outside the project: a copy of the settings
        # names one.
        text = (
            (root / "mkdocs.yml").read_text(encoding="utf-8").replace("site_dir: site", f"site_dir: {ASIDE}")
        )
        copy = root / "zensical.check.yml"
        copy.write_text(text, encoding="utf-8")
        command[-1] = str(copy)
    else:
        command += ["-d", str(out)]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=1200
        )
        if program == "zensical" and (root / ASIDE).is_dir():
            shutil.move(root / ASIDE, out)
    finally:
        (root / "zensical.check.yml").unlink(missing_ok=True)
        shutil.rmtree(root / ASIDE, ignore_errors=True)
    return None if done.returncode == 0 else (done.stdout + done.stderr).strip()[-600:]


def main() -> int:
    """Build with each, compare; the exit status."""
    root = Path(sys.argv[1]).resolve()
    made: dict[str, set[str]] = {}
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for program in COMMANDS:
            if importlib.util.find_spec(program) is None:
                print(f"{program}: not installed")
                continue
            start = time.perf_counter()
            out = Path(folder) / program
            wrong = build(program, root, out)
            if wrong:
                print(f"{program}: failed: {wrong}")
                status = 1
                continue
            made[program] = addresses(out)
            print(
                f"{program} {importlib.metadata.version(program)}: {len(made[program])} files "
                f"in {time.perf_counter() - start:.1f} s"
            )
    for program, found in made.items():
        for name, difference in (("lacks", made["mkdocs"] - found), ("has besides", found - made["mkdocs"])):
            if difference:
                print(f"{program} {name} {len(difference)}: {', '.join(sorted(difference)[:8])}")
                status = 1
    if len(made) > 1 and not status:
        print("the same addresses from each")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
