"""Read observations in the canonical CSV form of the program (SPEC §3)."""

import csv
import io
import re

from mfgtargets.faults import Fault, InputError, Place, fault, nearest
from mfgtargets.observations.model import BOUNDS, MEASURES, STATUSES, LeftOut, Observation
from mfgtargets.observations.period import FIRST_YEAR, LAST_YEAR, Period, parse_period

COLUMNS = (
    "indicator,region,period,value,unit,measure,bound,obs_status,note,source,url,vintage".split(",")
)
LARGEST = 1e15  # a measured value beyond that is a slip of the pen
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?\Z", re.ASCII)
_BOUNDED = re.compile(r"(>=|<=|>|<)?\s*(.*)\Z", re.DOTALL)
_LINE_END = re.compile("\r\n|\r|\n")
_VINTAGE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")


def decode(raw: bytes, name: str) -> str:
    """Decode the bytes of a CSV file (UTF-8, with or without BOM); raise ``InputError``."""
    if not raw.strip():
        raise InputError([fault("empty-file", Place(name))])
    if b"\0" in raw:
        raise InputError([fault("binary-file", Place(name))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        details = {"found": f"0x{raw[error.start]:02X}"}
        raise InputError([fault("not-utf-8", Place(name, line), **details)]) from None


def has_known_header(text: str) -> bool:
    """Tell whether the first line names the columns this program needs."""
    try:
        header = {cell.strip().lower() for cell in next(csv.reader([first_line(text)]), [])}
    except csv.Error:
        return False
    return header >= {"indicator", "value"} and bool(header & {"period", "year"})


def first_line(text: str) -> str:
    """Return the first line that is not blank."""
    return next((line for line in _LINE_END.split(text) if line.strip()), "")


def parse_observations(text: str, name: str) -> tuple[list[Observation], list[LeftOut]]:
    """Read canonical CSV text: the observations, and the rows whose value is blank (missing).

    Raises ``InputError`` with every fault in the text, in order.
    """
    lines = _LINE_END.split(text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    observations: list[Observation] = []
    blanks: list[LeftOut] = []
    faults: list[Fault] = []
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            place = Place(name, line)
            excerpt = lines[line - 1] if line <= len(lines) else ""
            line = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(cells, place, excerpt)
                continue
            row = _Row(columns, cells, place, excerpt)
            if row.is_blank:
                blanks.append(LeftOut(place, "blank-value", {"found": row.cells["indicator"]}))
                continue
            observation = row.observation()
            if observation is not None:
                observations.append(observation)
            faults += row.faults
    except csv.Error as error:
        excerpt = lines[line - 1] if line <= len(lines) else ""
        faults.append(fault("csv-syntax", Place(name, line), excerpt, found=error))
    if faults:
        raise InputError(faults)
    if not observations and not blanks:
        raise InputError([fault("no-rows", Place(name))])
    return observations, blanks


def _header(cells: list[str], place: Place, excerpt: str) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    columns = ["period" if column == "year" else column for column in columns]
    faults = []
    for index, column in enumerate(columns):
        at = Place(place.file, place.line, _offset(excerpt, index))
        if column not in COLUMNS:
            near = ", ".join(nearest(column, COLUMNS, 1))
            details = {"found": column, "near": near, "expected": ", ".join(COLUMNS)}
            faults.append(fault("unknown-column", at, excerpt, **details))
        elif column in columns[:index]:
            faults.append(fault("column-twice", at, excerpt, found=column))
    missing = [c for c in ("indicator", "period", "value") if c not in columns]
    if missing:
        faults.append(fault("missing-column", place, excerpt, expected=", ".join(missing)))
    if faults:
        raise InputError(faults)
    return columns


def _offset(line: str, index: int) -> int:
    """Return the column (from 1) at which cell ``index`` of a CSV line starts."""
    position, quoted = 0, False
    for offset, character in enumerate(line):
        if position == index:
            return offset + 1
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            position += 1
    return len(line) + 1 if position == index else 1


class _Row:
    """One line of the table on its way to an observation, collecting its faults."""

    def __init__(self, columns: list[str], cells: list[str], place: Place, excerpt: str) -> None:
        self.columns, self.place, self.excerpt = columns, place, excerpt
        self.cells = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        self.faults: list[Fault] = []
        if len(cells) != len(columns):
            details = {"found": len(cells), "expected": len(columns)}
            self.faults.append(fault("wrong-cell-count", place, excerpt, **details))

    def wrong(self, column: str, code: str, **details: object) -> None:
        """Record a fault in the cell of ``column``."""
        at = Place(
            self.place.file, self.place.line, _offset(self.excerpt, self.columns.index(column))
        )
        self.faults.append(fault(code, at, self.excerpt, **details))

    @property
    def is_blank(self) -> bool:
        """Whether the row names an indicator but gives no value for it."""
        return not self.faults and bool(self.cells["indicator"]) and not self.cells["value"]

    def observation(self) -> Observation | None:
        """Return the observation, or None when the row has faults."""
        if self.faults:
            return None
        cell = self.cells.get
        indicator = cell("indicator", "")
        if not indicator:
            self.wrong("indicator", "empty-cell", expected="indicator")
        period = self._period(cell("period", ""))
        value, text, bound = self._value(cell("value", ""))
        self._one_of("measure", ("", *MEASURES))
        letters = re.sub(r"[\s;,+/]", "", cell("obs_status", "").upper())
        if set(letters) - set(STATUSES):
            self.wrong("obs_status", "not-one-of", found=letters, expected=", ".join(STATUSES))
        vintage = cell("vintage", "")
        if vintage and not _VINTAGE.match(vintage):
            self.wrong("vintage", "bad-vintage", found=vintage)
        if self.faults or period is None:
            return None
        return Observation(
            indicator=indicator,
            region=cell("region", ""),
            period=period,
            value=value,
            text=text,
            unit=cell("unit", ""),
            measure=cell("measure", "") or None,  # type: ignore[arg-type]
            bound=bound,
            obs_status="".join(letter for letter in STATUSES if letter in letters) or "A",
            note=cell("note", ""),
            source=cell("source", ""),
            url=cell("url", ""),
            vintage=vintage,
            place=self.place,
        )

    def _period(self, text: str) -> Period | None:
        period = parse_period(text)
        if period is None:
            self.wrong("period", "bad-period", found=text)
        elif period.first_year < FIRST_YEAR or period.year > LAST_YEAR:
            self.wrong(
                "period", "year-out-of-range", found=text, expected=f"{FIRST_YEAR}-{LAST_YEAR}"
            )
        return period

    def _value(self, cell: str) -> tuple[float, str, str]:
        """Read a number, with its bound from the column or written before it (``>100``)."""
        match = _BOUNDED.match(cell)
        prefix, text = (match[1] or "", match[2]) if match else ("", cell)
        given = self._one_of("bound", BOUNDS)
        if prefix and given and prefix != given:
            self.wrong("value", "two-bounds", found=prefix, expected=given)
        if not _NUMBER.match(text):
            self.wrong("value", "not-a-number", found=cell)
        elif abs(float(text)) > LARGEST:
            self.wrong("value", "too-large", found=cell)
        else:
            return float(text), text, prefix or given
        return 0.0, text, given

    def _one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        found = self.cells.get(column, "")
        if found not in allowed:
            expected = ", ".join(filter(None, allowed))
            self.wrong(column, "not-one-of", found=found, expected=expected)
        return found
