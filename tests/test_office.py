"""An office no longer held is never shown as a present one."""

from __future__ import annotations

import pytest

from readout.pages.words import office
from readout.records import Role


@pytest.mark.parametrize(
    ("title", "status", "shown"),
    [
        ("Finance Minister", "current", "Finance Minister"),
        ("Finance Minister", "former", "Finance Minister (former)"),
        ("former Finance Minister", "former", "former Finance Minister"),
        ("ex-governor", "former", "ex-governor"),
        ("Mayor", "acting", "Mayor (acting)"),
        ("acting mayor", "acting", "acting mayor"),
        ("President", "elect", "President (elect)"),
    ],
)
def test_a_role_says_when_it_is_not_held_now(title: str, status: str, shown: str) -> None:
    assert office(Role(title, status, None)) == shown
