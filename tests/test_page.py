"""The page and its charts: one file, harmless, the same every time; geometry worked by hand."""

import base64
import hashlib
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import mfgtargets as mt
from checks import checked
from conftest import Run
from mfgtargets.document.load import load_document
from mfgtargets.document.records import Document
from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.course import Course, courses_of
from mfgtargets.render.chart import chart
from mfgtargets.render.page import page
from mfgtargets.render.plot import ticks
from mfgtargets.render.svg import bullet
from pages import HOSTILE, Read
from plans import plan_of, table_of

BASE = "{year: 2015, value: 100}"


def course_of(document: Document, rows: str, header: str = "year,value") -> Course:
    """Return the course of the plan's first row."""
    return of_check(checked(document, table_of(rows, header)))


def of_check(check: Checked) -> Course:
    """Return the course of a check's first row."""
    numbers, used = check.assessment.quantities, check.actuals.used
    return courses_of(check.document, check.layout, numbers, check.bases, used)[0]


def drawn(course: Course, first: int = 2015, last: int = 2020) -> dict[str, list[dict[str, str]]]:
    """Return the attributes of the shapes of a chart by their class."""
    found: dict[str, list[dict[str, str]]] = {}
    for shape in ET.fromstring(chart(course, (first, last), "家", 0)).iter():  # noqa: S314 - our own
        found.setdefault(shape.get("class", shape.tag), []).append(dict(shape.attrib))
    return found


def test_a_chart_shows_path_values_gap_and_projection(tmp_path: Path) -> None:
    """From 100 in 2015 to 150 in 2020: with 120 in 2018, 130 are due, and 133.3 is where it leads.

    The axis goes from 100 at y 160 to 160 at y 28, a unit is 2.2; a year is 58.4 wide from x 52 on.
    """
    shapes = drawn(
        course_of(plan_of(tmp_path, "value: 150, year: 2020", baseline=BASE), "2016,110 2018,120")
    )
    assert shapes["way"][0]["points"] == "52,160 344,50"
    assert shapes["run"][0]["points"] == "110.4,138 227.2,116"
    assert [(s["cx"], s["cy"]) for s in shapes["spot"]] == [("110.4", "138"), ("227.2", "116")]
    assert shapes["gap"][0]["d"] == "M227.2 94V116"
    assert shapes["lead"][0]["points"] == "227.2,116 344,86.7"
    assert shapes["target"][0]["d"].startswith("M344 44")


def test_milestones_bend_the_path(tmp_path: Path) -> None:
    """100 to 120 by 2018 and to 160 by 2020: the path goes through (2018, 120), at x 227.2, y 116."""
    plan = plan_of(tmp_path, "value: 120, year: 2018", "value: 160, year: 2020", baseline=BASE)
    check = checked(plan, table_of("2016,110"), target_year=2020)
    course = of_check(check)
    assert drawn(course)["way"][0]["points"] == "52,160 227.2,116 344,28"
    assert len(drawn(course)["knot"]) == 2


def test_a_target_that_was_replaced_stays_on_the_chart(tmp_path: Path) -> None:
    """150 by 2020 was raised to 160 and lowered to 155, at the ends of 2016 and of June 2018.

    They stand at y 50, 28 and 39; asked for was 150 for a year (x 52 to 110.4), then 160 for one and
    a half (to 198), then 155.
    """
    plan = plan_of(
        tmp_path, "value: 150, year: 2020",
        "value: 160, year: 2020, revises: x@2020, set_on: 2016-12-31",
        "value: 155, year: 2020, revises: x@2020#2, set_on: 2018-06-31", baseline=BASE,
    )  # fmt: skip
    shapes = drawn(course_of(plan, "2018,120"))
    assert [s["d"][:7] for s in shapes["target old"]] == ["M344 44", "M344 22"]
    assert shapes["target"][0]["d"].startswith("M344 33")
    assert shapes["step"][0]["points"] == "52,50 110.4,50 110.4,28 198,28 198,39 344,39"


def test_a_target_in_other_words_is_no_step(tmp_path: Path) -> None:
    """100 more and 150 in all are no values of one axis."""
    plan = plan_of(
        tmp_path, "value: 50, period: {start: 2016, end: 2020}, kind: increment",
        "value: 160, year: 2020, revises: x@2020, set_on: 2017-05-01", baseline=BASE,
    )  # fmt: skip
    course = course_of(plan, "2018,120")
    assert (course.replaced, course.steps) == ((), ())


@pytest.mark.parametrize(("value", "kind"), [("120", "gap"), ("140", "gap good")])
def test_a_gap_tells_its_side(tmp_path: Path, value: str, kind: str) -> None:
    """130 are due in 2018: less is behind, more is ahead, and over some bound is neither."""
    plan = plan_of(tmp_path, "value: 150, year: 2020", baseline=BASE)
    assert kind in drawn(course_of(plan, f"2018,{value}"))
    assert not {"gap", "gap good"} & set(
        drawn(course_of(plan, f"2018,{value},>", "year,value,bound"))
    )


def test_large_figures_are_written_as_the_axis_is(tmp_path: Path) -> None:
    """On an axis in millions, 150 million is 150, not a row of nine digits over the chart."""
    plan = plan_of(
        tmp_path, "value: 150000000, year: 2020", baseline="{year: 2015, value: 100000000}"
    )
    svg = chart(course_of(plan, "2018,120000000"), (2015, 2020), "家", 0)
    texts = [one.text for one in ET.fromstring(svg).iter()]  # noqa: S314 - our own
    assert {"家 ×10⁶", "150", "120"} <= set(texts)


def test_each_quality_has_its_own_shape(tmp_path: Path) -> None:
    """Provisional is hollow, a bound an arrow, and no line goes across a break or to either."""
    plan = plan_of(tmp_path, "value: 150, year: 2020", baseline=BASE)
    rows = "2016,110,, 2017,112,, 2018,120,,B 2019,>130,,"
    shapes = drawn(
        course_of(
            plan, rows.replace(">130,,", "130,>,") + " 2020,140,,P", "year,value,bound,obs_status"
        )
    )
    assert len(shapes["spot"]) == 3
    assert len(shapes["spot hollow"]) == 1
    assert len(shapes["mark"]) == 1
    assert [run["points"].count(",") for run in shapes["run"]] == [2, 2]


def test_a_proxy_is_a_cross_without_a_line(tmp_path: Path) -> None:
    """Values of another definition are shown, and joined with nothing."""
    plan = plan_of(tmp_path, "value: 150, year: 2020", baseline=BASE)
    shapes = drawn(course_of(plan, "2016,110,D 2017,112,D", "year,value,obs_status"))
    assert len(shapes["mark"]) == 2
    assert "run" not in shapes


def test_a_ceiling_is_a_band(tmp_path: Path) -> None:
    """3 % at most in each of 2016 to 2020: the band goes from 3 down, over those years."""
    plan = plan_of(tmp_path, "value: 3, period: {start: 2016, end: 2020}, comparator: le",
                   hold="each_year", direction="down", nature="ratio", unit='"%"', name_zh="涨幅")  # fmt: skip
    course = course_of(plan, "2016,2 2017,4")
    assert course.band is not None
    assert course.band == (2016, 2020, None, 3)
    band = drawn(course)["band"][0]  # the axis goes from 2 at y 160 to 4 at y 28
    assert (band["x"], band["y"], band["height"]) == ("110.4", "94", "66")


def test_changes_are_drawn_as_they_are_put_out(tmp_path: Path) -> None:
    """8 % a year asked for, 10 and 21 % above the base after one year and two: an average of 10 %."""
    plan = plan_of(
        tmp_path, "value: 8, period: {start: 2016, end: 2020}", kind="growth_rate", unit='"%"'
    )
    course = course_of(plan, "2016,10 2017,10")
    assert [spot.value for spot in course.spots] == pytest.approx([10, 10])
    assert {round(value, 9) for _, value in course.path} == {8}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (100, 150, (100, 120, 140, 160)),
        (0, 4, (0, 1, 2, 3, 4)),
        (-3, 5, (-4, -2, 0, 2, 4, 6)),
        (50, 50, (45, 50, 55)),
    ],
)
def test_axes_have_round_values(low: float, high: float, expected: tuple[float, ...]) -> None:
    """Steps are 1, 2 or 5 times a power of ten, around what is shown, across zero as well."""
    assert ticks(low, high) == pytest.approx(expected)


def test_a_bar_has_its_target_and_what_is_due() -> None:
    """The bar is 200 wide from -0.1 to 1.2: nothing done at 15.4, half at 92.3, the target at 169.2."""
    shapes = {s.get("class"): s for s in ET.fromstring(bullet(0.5, 0.75, "behind")).iter()}  # noqa: S314 - our own
    done = shapes["done behind"]
    assert (done.get("x"), done.get("width")) == ("15.4", "76.9")
    assert shapes["aim"].get("d") == "M169.2 1V19"
    assert shapes["due"].get("width") == "115.4"


@pytest.mark.parametrize(("progress", "tip"), [(1.3, "M200 10l-8"), (-0.2, "M0 10l8")])
def test_a_bar_that_goes_on_has_a_tip(progress: float, tip: str) -> None:
    """At 1.2 and at -0.1 the drawing ends; what is beyond is an arrow at its edge."""
    shapes = [s.get("d", "") for s in ET.fromstring(bullet(progress, None, "met")).iter()]  # noqa: S314 - our own
    assert [d for d in shapes if d.startswith(tip)]
    assert "l" not in bullet(1.2, None, "met").split('d="')[1]


def test_whatever_comes_from_a_file_is_text(tmp_path: Path) -> None:
    """Markup in every field that takes a text makes no element, no attribute and no command."""
    text = f"'{HOSTILE.replace(chr(39), chr(39) * 2)}'"
    plan = plan_of(tmp_path, "value: 150, year: 2020, departments: [某]", baseline=BASE)
    written = plan.path.read_text(encoding="utf-8")
    for own in (
        "示例市",
        "示例",
        "Example",
        "一",
        "某",
        "name_en: X",
        "issuer: null",
        "number: null",
    ):
        name, _, _ = own.rpartition(" ")
        written = written.replace(own, f"{name} {text}")
    plan.path.write_text(written, encoding="utf-8")
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    table = f"indicator,year,value,source,url\nx,2018,120,{quoted},javascript:alert(1)\n"
    page_text = page([checked(load_document(plan.path), table)], "zh")
    read = Read(page_text)
    assert not [tag for tag, _ in read.elements if tag == "img"]
    assert sum(tag == "script" for tag, _ in read.elements) == 1
    assert not [name for _, at in read.elements for name in at if name.startswith("on")]
    assert not [at for _, at in read.elements if (at.get("href") or "").startswith("javascript")]
    assert "##vso" not in page_text
    assert sum(HOSTILE in one for one in read.texts) > 10


def test_the_page_needs_nothing_but_itself(run: Run) -> None:
    """It fetches nothing, and its policy allows its own style and script and nothing else."""
    run("report", "china-14fyp-2025", "-o", "page.html")
    text = Path("page.html").read_text(encoding="utf-8")
    read = Read(text)
    assert not [at for _, at in read.elements if "src" in at or "srcset" in at or "style" in at]
    assert {tag for tag, at in read.elements if "href" in at} == {"a"}
    policy = next(at["content"] or "" for _, at in read.elements if at.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        own = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(own) == 1
        assert "url(" not in own[0]
        digest = base64.b64encode(hashlib.sha256(own[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_ids_are_one_of_a_kind_and_every_link_has_its_place(run: Run) -> None:
    """A deep link leads to one indicator; each chart has a table of its own."""
    run("report", "all", "-o", "all.html")
    read = Read(Path("all.html").read_text(encoding="utf-8"))
    ids = [at["id"] for _, at in read.elements if "id" in at]
    assert len(ids) == len(set(ids))
    inside = {
        (at["href"] or "")[1:] for _, at in read.elements if (at.get("href") or "").startswith("#")
    }
    assert inside <= set(ids)
    charts = sum(at.get("class") == "chart" for _, at in read.elements)
    assert charts == sum(tag == "details" for tag, _ in read.elements) - _folded(read)


def _folded(read: Read) -> int:
    """Return how many tables are folded that are not of a chart."""
    documents = sum(at.get("class") == "document" for _, at in read.elements)
    return documents + sum(at.get("class") == "closing" for _, at in read.elements)


def test_the_same_input_makes_the_same_bytes(run: Run) -> None:
    """From the command line, to a stream, and from Python."""
    run("report", "shaoxing-2025", "bundled", "--lang", "en", "-o", "page.html")
    text = Path("page.html").read_bytes().decode()
    assert run("report", "shaoxing-2025", "bundled", "--lang", "en").stdout == text
    assert mt.report("shaoxing-2025", lang="en") == text


@pytest.mark.parametrize(
    ("document", "most"),
    [("all", 2_500_000), ("jinhua-2022", 800_000), ("shaoxing-2025", 800_000)],
)
def test_a_page_is_small(run: Run, document: str, most: int) -> None:
    """A page with all indicators of the largest documents can be mailed; a chart is 3 kB at most."""
    every = [] if document == "all" else ["--all"]
    run("report", document, "bundled", *every, "-o", "page.html")
    text = Path("page.html").read_text(encoding="utf-8")
    assert len(text.encode()) <= most
    charts = re.findall(r'<svg class="chart".*?</svg>', text)
    assert max(map(len, charts)) <= 3000


def test_a_page_is_refused_under_another_name(run: Run) -> None:
    """What promises something else, or cannot be written, makes no file; nor does half of one stay."""
    assert "bad-option" in run("report", "shaoxing-2025", "-o", "page.pdf", code=2).stderr
    assert "unwritable-file" in run("report", "shaoxing-2025", "-o", "no/page.html", code=2).stderr
    assert not list(Path().iterdir())


def test_the_page_fails_by_the_same_rule_as_a_check(run: Run) -> None:
    """It is written, and the exit code is 1."""
    table = "indicator,year,value\nlisted_companies,2018,60\n"
    run("report", "shaoxing-2025", "-", "-o", "p.html", "--fail-on", "lagging", stdin=table, code=1)
    assert Path("p.html").is_file()


def test_a_chart_is_saved_alone(run: Run) -> None:
    """It is SVG with a name, its style in it, and nothing from elsewhere."""
    run("track", "shaoxing-2025", "listed_companies", "bundled", "--lang", "en", "-o", "chart.svg")
    text = Path("chart.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("aria-label", "").startswith("Listed companies")
    assert [one.text for one in root.iter() if one.get("class") == "name"] == [
        root.get("aria-label")
    ]
    assert root.get("viewBox") == "0 -18 360 202"  # a line of 18 above the chart of 184
    assert "url(" not in text
    refused = run("track", "shaoxing-2025", "listed_companies", "-o", "c.png", code=2).stderr
    assert "bad-option" in refused
    assert "rsvg-convert" in refused


def test_a_note_leads_to_its_charts(run: Run) -> None:
    """Each name is a link from where the note stands to an SVG; those without a chart are no links."""
    table = "indicator,year,value\nlisted_companies,2018,60\n"
    options = ("-o", "out/note.md", "--charts", "out/图 表")
    Path("out").mkdir()
    run("note", "shaoxing-2025", "-", *options, "--lang", "en", stdin=table)
    note = Path("out/note.md").read_text(encoding="utf-8")
    name = "shaoxing-2025-listed_companies-2020.svg"
    assert f"**[Listed companies](<%E5%9B%BE%20%E8%A1%A8/{name}>)**" in note
    root = ET.fromstring(Path("out/图 表", name).read_bytes())  # noqa: S314 - our own
    assert root.get("aria-label", "").startswith("Listed companies")
    assert note.count(".svg>") == len(list(Path("out/图 表").iterdir()))


def test_charts_go_nowhere_but_into_a_folder(run: Run) -> None:
    """Where none can be made nothing is written."""
    Path("file").write_text("x", encoding="utf-8")
    refused = run("note", "shaoxing-2025", "bundled", "--charts", "file", "-o", "n.md", code=2)
    assert "unwritable-file" in refused.stderr
    assert not Path("n.md").exists()
