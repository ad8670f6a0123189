"""What a reader gives back."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of an article and what its file says about it."""

    text: str
    """The body: for plain text without a header the decoded file, unchanged."""
    header: dict[str, str] = field(default_factory=dict)
    """Metadata stated in a header written for us; beats `evidence`."""
    evidence: dict[str, str] = field(default_factory=dict)
    """Metadata found in the file itself; a field nothing speaks for is absent."""
    problems: tuple[str, ...] = ()
    """Fields that could not be used, and why."""


class Unreadable(ValueError):
    """A file that holds no article, with the reason and, where known, the line."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line
