"""The gap table as plain cells: what a terminal, a pipe, a note and a spreadsheet all show."""

import re
from collections.abc import Container, Iterable
from itertools import groupby

from mfgtargets.evaluation.bases import Basis
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.methods import ALL_METHODS, SCHEDULE
from mfgtargets.render.fitting import fitted
from mfgtargets.render.sources import actuals_line, baseline_line, revision_lines
from mfgtargets.render.table import Cell, Line, Table, columns_of, line_of
from mfgtargets.wording import words
from mfgtargets.wording.figures import (
    NOTHING,
    change_figure,
    decimals_of,
    derived,
    exact,
    flag_words,
    latest_figure,
    percent,
    relative_figure,
    target_figure,
    unit_of,
    with_unit,
)
from mfgtargets.wording.methodwords import name_of_method, status_word
from mfgtargets.wording.names import heading_of, name_of, title_of_check
from mfgtargets.wording.words import Lang, counted, joined, say, term, terms

_COLUMNS = (
    "indicator baseline latest on_track target progress lead gap required status marks flags"
).split()
# By importance; of lead and gap the one that has figures comes first.
_ORDER = "indicator status marks latest target {} required {} on_track baseline flags progress"
_FIRM = 7
# The flags that change how a verdict is to be taken, which are seen where the column of flags is not.
_MARKS = {
    "proxy": "d",
    "provisional": "p",
    "stale": "s",
    "annualised": "a",
    "within_rounding": "r",
}
_NO_FIGURE = re.compile(rf"^{NOTHING}(?!\d)")
_LETTERS = _MARKS | {"estimated": "e", "break": "b"}


def gap_table(check: Checked, lang: Lang, width: int | None = None) -> Table:
    """Return the gap table with the columns that fit ``width`` (None: all of them)."""
    columns = columns_of(_COLUMNS, "indicator status marks flags", lang)
    has_lead = any(result.lead is not None for result in check.results)
    pair = ("lead", "gap") if has_lead else ("gap", "lead")
    whole = Table(
        before=[table_title(check, lang)],
        columns=[
            c._replace(heading="", instead_of="flags") if c.code == "marks" else c for c in columns
        ],
        lines=_lines(check, lang),
        after=footer_lines(check, lang),
        order=_ORDER.format(*pair).split(),
        firm=_FIRM,
        name=check.document.id,
    )
    shown = fitted(whole, lang, width)
    codes = {column.code for column in shown.columns}
    return shown._replace(after=[*shown.after, *legend_lines(check, lang, codes)])


def shown_rows(checks: Iterable[Checked], lang: Lang) -> list[list[str]]:
    """Return the whole gap tables as rows of text, each with its document and heading.

    What shows a figure and at most its unit is a number.
    """
    rows: list[list[str]] = []
    for check in checks:
        table, title, heading = gap_table(check, lang), title_of_check(check, lang), ""
        rows = rows or [[*terms(words.HEADINGS, ("title", "group"), lang), *table.headings]]
        for line in table.lines:
            heading = line.heading or heading
            if line.cells:
                rows.append([title, heading, *map(_shown, line.cells)])
    return rows


def _shown(cell: Cell) -> str:
    figure = cell.figure
    if figure is not None and figure.before in {"", "+"} and figure.after in {"", cell.unit}:
        return figure.number
    return _NO_FIGURE.sub("", cell.text)


def legend_lines(check: Checked, lang: Lang, columns: Container[str]) -> list[str]:
    """Say what the letters stand for that are there, and what on-track values are of."""
    shown = [basis.shown for basis in check.bases if basis.shown is not None]
    there = {c.lower() for one in shown for c in one.obs_status if c != "A"}
    if "marks" in columns:
        flags = {flag for result in check.results for flag in result.flags}
        there |= {letter for flag, letter in _MARKS.items() if flag in flags}
    found = [
        f"{letter} {term(words.FLAGS, flag, lang)}"
        for flag, letter in _LETTERS.items()
        if letter in there
    ]
    lines = [say("gap-letters", lang, letters=joined("words", found, lang))] if found else []
    if "on_track" in columns and any(result.status == "no_data" for result in check.results):
        lines.append(say("gap-without-actual", lang, as_of=check.as_of))
    return lines


def _lines(check: Checked, lang: Lang) -> list[Line]:
    """Return the lines of the table, each group under its heading; of several regions, each region."""
    pairs = list(zip(check.results, check.bases, check.common, strict=True))
    mixed = len({result.target_year for result in check.results}) > 1
    out: list[Line] = []
    for heading, members in groupby(pairs, key=lambda pair: row_heading(check, *pair[:2])):
        out.append(Line(heading=heading_of(check.document.entry, heading, lang)))
        for result, basis, common in members:
            cells = _cells(result, basis, lang, dated=mixed)
            cells["status"] = status_cell(result, common, lang)
            out.append(line_of(*(cells[column] for column in _COLUMNS)))
    return out


def _cells(result: Result, basis: Basis, lang: Lang, *, dated: bool) -> dict[str, Cell]:
    places = decimals_of(result, basis)
    target = _target(result, basis, lang, places)
    when = basis.target.due_when
    if (dated and when) or basis.target.due:
        target = f"{target} ({when})"
    baseline = derived(result.baseline_value, places)
    if result.baseline_value is not None and result.baseline_year is not None:
        baseline = f"{baseline} ({result.baseline_year})"
    elif basis.target.baseline_bound is not None:
        stated = basis.target
        baseline = f"{stated.baseline_bound}{exact(stated.baseline_value)} ({stated.baseline_year})"
    schedule = basis.time_gone if result.schedule is None else result.schedule
    progress = f"{percent(result.progress)}/{percent(schedule)}"
    required = change_figure(result.required_change, result, places, lang)
    flags = " ".join(flag_words(result, basis, lang)) or NOTHING
    unit = result.unit or ""
    return {
        "indicator": Cell(with_unit(name_of(result, lang), result.unit, lang), result.target_id),
        "baseline": Cell(baseline, result.baseline_value, unit=unit),
        "latest": Cell(latest_figure(result, basis, lang), result.latest_value, unit=unit),
        "on_track": Cell(derived(result.on_track_value, places), result.on_track_value, unit=unit),
        "target": Cell(target, result.target_value, unit=unit),
        "progress": Cell(NOTHING if schedule is None else progress, points_of(result.progress)),
        "lead": Cell(percent(result.lead, sign=True), points_of(result.lead)),
        "gap": Cell(gap_figure(result, lang, places), result.gap, unit=unit_of(result, lang)),
        "required": Cell(required, result.required_change, unit=unit_of(result, lang)),
        "marks": Cell(_marks_of(result)),
        "flags": Cell(flags, ";".join(result.flags)),
    }


def row_heading(check: Checked, result: Result, basis: Basis) -> str:
    """Return what a result stands under: its group or section; of several regions, its region."""
    return result.region if len(check.regions) > 1 else result.group or basis.target.section


def status_cell(result: Result, common: str | None, lang: Lang) -> Cell:
    """Return the status of a result in its word and colour."""
    style = result.status if result.status in SCHEDULE.words else common or "not_assessable"
    return Cell(status_word(result.status, lang), result.status, style)


def marked_status(result: Result, common: str | None, lang: Lang) -> Cell:
    """Return the status of a result with the letters of what changes how it is to be taken."""
    status = status_cell(result, common, lang)
    return status._replace(text=" ".join(filter(None, (status.text, _marks_of(result)))))


def _marks_of(result: Result) -> str:
    return "".join(letter for flag, letter in _MARKS.items() if flag in result.flags)


def latest_and_target(result: Result, basis: Basis, lang: Lang) -> tuple[str, str, int]:
    """Write the latest actual and the target of a result; with them the decimals of its figures."""
    places = decimals_of(result, basis)
    return latest_figure(result, basis, lang), _target(result, basis, lang, places), places


def gap_figure(result: Result, lang: Lang, places: int) -> str:
    """Write how far a result is from its schedule; without one, how far from its target."""
    if result.gap is not None:
        return derived(result.gap, places, sign=True) + unit_of(result, lang)
    if result.gap_to_target is None or result.status in {"met", "missed", "met_early"}:
        return NOTHING
    return say("gap-to-target", lang, gap=derived(result.gap_to_target, places, sign=True))


def points_of(share: float | None) -> float | None:
    """Return a share in percentage points."""
    return None if share is None else 100 * share


def _target(result: Result, basis: Basis, lang: Lang, places: int) -> str:
    """Write the target; a multiple without a baseline to multiply as it was printed."""
    if result.kind == "multiple" and result.target_value is None:
        return say("times", lang, figure=target_figure(basis.target, lang))
    figure = target_figure(result, lang, places, basis.target.hold)
    if basis.target.relative_to is None:
        return figure
    other = relative_figure(basis.target.relative_to, lang)
    return say("in-brackets", lang, text=figure, inner=other)


def table_title(check: Checked, lang: Lang) -> str:
    """Say what the table shows: document, standing, years, method."""
    entry = check.document.entry
    years = sorted({r.target_year for r in check.results if r.target_year is not None})
    name = title_of_check(check, lang)
    if entry.standing == "draft":
        draft = term(words.STANDINGS, "draft", lang)
        name = say("in-brackets", lang, text=name, inner=draft)
    return say(
        "gap-title",
        lang,
        name=name,
        as_of=check.as_of,
        years=joined("words", map(str, years), lang),
        method=_method(check, lang),
        tolerance=exact(check.question.tolerance),
    )


def _method(check: Checked, lang: Lang) -> str:
    """Name the method, where it is not the default."""
    if check.method in {ALL_METHODS, SCHEDULE.code}:
        return ""
    name = f"{check.method} ({name_of_method(check.method, lang)})"
    return say("gap-method", lang, name=name)


def summary_counts(check: Checked, lang: Lang) -> str:
    """Return each status with its count: 滞后预期1项, lagging 1."""
    counts = (
        say("status-count", lang, status=status_word(status, lang), count=count)
        for status, count in check.summary.items()
    )
    return joined("counts", counts, lang)


def what_counts(check: Checked) -> str:
    """Tell whether the results are of as many indicators, or of targets."""
    indicators = {result.indicator for result in check.results}
    return "indicator" if len(check.results) == len(indicators) else "target"


def summary_sentence(check: Checked, lang: Lang) -> str:
    """Return how many indicators stand how."""
    total = counted(len(check.results), what_counts(check), lang)
    return say("summary", lang, total=total, counts=summary_counts(check, lang))


def footer_lines(check: Checked, lang: Lang) -> list[str]:
    """Say what the table adds up to, which actuals it used, and what is missing."""
    listed = "".join([summary_sentence(check, lang), *unlisted_line(check, lang)])
    text = [listed, actuals_line(check.actuals, lang)]
    if check.revised:
        text[1] += say("actuals-revised", lang, count=len(check.revised))
    text += [*baseline_line(check, lang), *revision_lines(check, lang)]
    text += _unjudged(check, lang)
    missing = [name_of(r, lang) for r in check.results if r.status == "no_data"]
    if missing:
        names = joined("names", dict.fromkeys(missing), lang)
        text.append(say("gap-no-data", lang, count=len(missing), names=names))
    return text


def unlisted_line(check: Checked, lang: Lang) -> list[str]:
    """Say how many indicators without actuals are not listed; none where nobody left them out."""
    if not check.unlisted or not check.question.whole_document:
        return []
    return [say("gap-unlisted", lang, further=counted(check.unlisted, "further", lang))]


def _unjudged(check: Checked, lang: Lang) -> list[str]:
    """Say why, for each reason, the indicators that could not be judged were not."""
    by_reason: dict[str, list[str]] = {}
    for result in check.results:
        if result.status in {"not_assessable", "not_quantified"} and result.reason:
            by_reason.setdefault(result.reason, []).append(name_of(result, lang))
    return [
        say(
            "gap-unjudged",
            lang,
            why=term(words.REASONS, reason, lang),
            count=len(names),
            names=joined("names", dict.fromkeys(names), lang),
        )
        for reason, names in by_reason.items()
    ]
