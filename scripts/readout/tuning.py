"""How the machine is used, settled before numpy is loaded: its matrix library reads the environment once."""

from __future__ import annotations

import gc
from collections.abc import MutableMapping
from pathlib import Path

CPU = Path("/proc/cpuinfo")
NEEDED = frozenset(("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"))
"""What the kernels named SkylakeX ask of a processor."""


def settle(environment: MutableMapping[str, str], cpu: Path = CPU) -> None:
    """Set what makes reading fast; a variable that a person has set stays.

    None of it changes what is computed but for the last digits.
    """
    # Reading makes very many small objects without cycles: looking for cycles less often saves a tenth of the time.
    gc.set_threshold(1_000_000, 50, 50)
    # The matrices are small: several threads wait for each other longer than they work.
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "OPENBLAS_CORETYPE" not in environment and unrecognised(cpu):
        environment["OPENBLAS_CORETYPE"] = "SkylakeX"


def unrecognised(cpu: Path) -> bool:
    """Whether this is an AMD processor whose wide registers OpenBLAS leaves idle for not knowing its family.

    False where the file cannot be read: on other systems than Linux the library decides.
    """
    try:
        text = cpu.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    first = dict(
        (name.strip(), value.strip())
        for name, _, value in (line.partition(":") for line in text.partition("\n\n")[0].splitlines())
    )
    return first.get("vendor_id") == "AuthenticAMD" and set(first.get("flags", "").split()) >= NEEDED
