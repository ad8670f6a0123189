"""What is set before numpy is loaded: nothing a person has set, and wide kernels only where they run."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout import tuning

WIDE = "fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl"


@pytest.mark.parametrize(
    ("vendor", "flags", "expected"),
    [
        ("AuthenticAMD", WIDE, True),
        ("AuthenticAMD", "fpu avx2", False),
        ("AuthenticAMD", "fpu avx2 avx512f", False),
        ("GenuineIntel", WIDE, False),  # known to the library by itself
    ],
)
def test_wide_kernels_are_asked_for_where_they_run(
    tmp_path: Path, vendor: str, flags: str, expected: bool
) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text(f"processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: {flags}\n\nprocessor\t: 1\n")
    environment: dict[str, str] = {}
    tuning.settle(environment, cpu)
    assert environment.pop("OPENBLAS_NUM_THREADS") == "1"
    assert environment == ({"OPENBLAS_CORETYPE": "SkylakeX"} if expected else {})


def test_what_a_person_has_set_stays() -> None:
    given = {"OPENBLAS_NUM_THREADS": "4", "OPENBLAS_CORETYPE": "Haswell"}
    environment = dict(given)
    tuning.settle(environment)
    assert environment == given


def test_a_system_without_the_file_is_left_alone(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    tuning.settle(environment, tmp_path / "none")
    assert environment == {"OPENBLAS_NUM_THREADS": "1"}
