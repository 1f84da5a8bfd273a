"""Targets that replace others: which are in force on a day, and what they replaced."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # tables of series know no documents
    from collections.abc import Sequence

    from mfgtargets.document.records import Document, Target


class Revision(NamedTuple):
    """A target in place of another of its indicator."""

    new: "Target"
    old: "Target"

    @property
    def flag(self) -> str | None:
        """Whether it asks for more or for less; None where that cannot be said, or for the same."""
        if self.new.value is None or self.old.value is None or self.new.value == self.old.value:
            return None
        sign = 1 if self.new.is_size else self.new.sign
        return "target_raised" if sign * (self.new.value - self.old.value) > 0 else "target_lowered"


def in_force(targets: "Sequence[Target]", day: str) -> "list[Target]":
    """Return the targets in force on a day (ISO): a revision counts from the day it was set on."""
    known = [t for t in targets if t.revises is None or (t.set_on or "") <= day]
    replaced = {target.revises for target in known}
    return [target for target in known if target.id not in replaced]


def revision_of(document: "Document", target: "Target") -> Revision | None:
    """Return what a target replaced; None where it replaced nothing."""
    old = next((one for one in document.targets if one.id == target.revises), None)
    return Revision(target, old) if old is not None else None


def line_of(document: "Document", target: "Target") -> "list[Target]":
    """Return the targets that led to a target by revisions, oldest first, itself last."""
    revision = revision_of(document, target)
    return [*line_of(document, revision.old), target] if revision else [target]


def revised_soon(document: "Document", targets: "Sequence[Target]", year: int) -> list[Revision]:
    """Return the revisions of targets that were set within the year after ``year``."""
    return [
        Revision(new, old)
        for old in targets
        for new in document.targets
        if new.revises == old.id and (new.set_on or "")[:4] == str(year + 1)
    ]
