"""Notes the articles in briefings/articles/ as the samples that ship: run it after changing one.

python scripts/note_samples.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from readout import desk, samples  # noqa: E402 - needs the path above

if __name__ == "__main__":
    articles = ROOT / "briefings" / "articles"
    paths = [
        p for p in articles.iterdir() if p.is_file() and not p.name.startswith(".") and p.name != "README.md"
    ]
    changed = desk.write_if_changed(articles / samples.LIST, samples.listing(paths))
    print(
        f"{len(paths)} files {'noted' if changed else 'stand as noted'} in briefings/articles/{samples.LIST}"
    )
