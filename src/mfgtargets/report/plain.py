"""Tables as plain text: whole rows, aligned by display width, no colour (for pipes and files)."""

from collections.abc import Sequence

from rich.cells import cell_len

from mfgtargets.report import gaptable
from mfgtargets.report.results import Check
from mfgtargets.report.words import Lang

_GAP = "  "


def align(rows: Sequence[Sequence[str]], left: Sequence[bool]) -> list[str]:
    """Align cells in columns by the width a terminal gives them; ``left`` columns to the left."""
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(left))]
    return [
        _GAP.join(
            _padded(cell, width, on_left)
            for cell, width, on_left in zip(row, widths, left, strict=True)
        ).rstrip()
        for row in rows
    ]


def _padded(cell: str, width: int, on_left: bool) -> str:
    space = " " * (width - cell_len(cell))
    return cell + space if on_left else space + cell


def plain_check(check: Check, lang: Lang) -> str:
    """Write the gap table with all its columns, and what it adds up to."""
    columns = gaptable.WIDE
    table = gaptable.lines(check, columns, lang)
    cells = [gaptable.headings(columns, lang), *(list(li.cells) for li in table if li.cells)]
    aligned = iter(align(cells, [column in gaptable.LEFT for column in columns]))
    text = [gaptable.title(check, lang), "", next(aligned)]
    text += [f"[{line.heading}]" if line.heading is not None else next(aligned) for line in table]
    return "\n".join([*text, "", *gaptable.footer(check, lang)]) + "\n"
