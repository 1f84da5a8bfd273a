"""The page in a real browser: what its script and its style do, and that nothing is fetched."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mfgtargets as mt
from checks import checked
from mfgtargets.render.review import review
from plans import plan_of, table_of

pytestmark = pytest.mark.browser
DOCUMENTS = ("china-14fyp-2025", "shaoxing-2025", "all")
PAGES = (*DOCUMENTS, "review")
PLAN = """临江市制造业发展规划(2021—2025年)

一、发展目标
到2025年,汽车产量达到30万辆左右,研发投入占比提高到3.1%。
培育上市企业12家。对新认定的企业,给予100万元奖励。
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of each document, that of all, and one on which a draft is confirmed."""
    folder = tmp_path_factory.mktemp("pages")
    checks = [mt.check(document) for document in mt.documents()]
    for name in DOCUMENTS:
        own = checks if name == "all" else [one for one in checks if one.document.id == name]
        (folder / f"{name}.html").write_text(mt.report(own), encoding="utf-8")
    plan = mt.draft(PLAN.encode())
    (folder / "review.html").write_text(review(plan, "plan.txt", "zh"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this step has it

    with sync_playwright() as started:
        path = shutil.which("chromium")
        yield started.chromium.launch(executable_path=path, args=["--no-sandbox"])


def opened(browser: Any, pages: Path, name: str, place: str = "", **options: Any) -> Any:
    """Open a page, noting what it fetches and complains of."""
    tab = browser.new_context(**options).new_page()
    tab.noted = []
    tab.on("request", lambda request: tab.noted.append(request.url))
    tab.on("console", lambda message: tab.noted.append(message.text))
    tab.on("pageerror", lambda error: tab.noted.append(str(error)))
    tab.goto(f"{(pages / f'{name}.html').as_uri()}{place}")
    return tab


def shown(tab: Any, what: str = "article") -> int:
    """Return how many of an element are to be seen."""
    return int(tab.locator(f"{what}:visible").count())


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_and_nothing_goes_wrong(browser: Any, pages: Path, name: str) -> None:
    """The one request is for the page itself, and the console stays empty."""
    tab = opened(browser, pages, name)
    assert len(tab.noted) == 1


def test_the_page_is_filtered_and_sorted(browser: Any, pages: Path) -> None:
    """Four of the twenty indicators of the national plan are met early; none has zzz in its words."""
    tab = opened(browser, pages, "china-14fyp-2025")
    tab.select_option("select[name=status]", "met_early")
    assert (shown(tab), shown(tab, ".bars li"), shown(tab, ".strip a")) == (4, 4, 4)
    assert tab.locator(".tools output").inner_text() == "4 / 20"
    tab.fill("input[type=search]", "zzz")
    assert shown(tab) == 0
    assert shown(tab, ".tools .none") == 1
    tab.fill("input[type=search]", "")
    tab.select_option("select[name=status]", "")
    tab.select_option("select[name=sort]", "lead")
    leads = [one.get_attribute("data-lead") for one in tab.locator("article").all()]
    known = [float(lead) for lead in leads if lead]
    assert known == sorted(known)
    assert not any(leads[len(known) :])  # those without a lead come last


def test_the_page_is_sorted_by_status(browser: Any, pages: Path) -> None:
    """The worst come first, whatever the method calls them, and what cannot be told comes last."""
    tab = opened(browser, pages, "all")
    tab.select_option("select[name=sort]", "status")
    for cards in tab.locator(".cards").all():
        signs = [one.get_attribute("class") for one in cards.locator("h3 .sign").all()]
        places = ["away", "behind", "on_track", "met", "none"]
        ranks = [places.index(str(sign).split()[1]) for sign in signs]
        assert ranks == sorted(ranks)


def test_choices_are_in_the_language_shown(browser: Any, pages: Path) -> None:
    """A list of choices holds no elements, so the script writes their words."""
    tab = opened(browser, pages, "china-14fyp-2025")
    first = tab.locator("select[name=obligation] option")
    assert first.all_inner_texts() == ["全部", "预期性", "约束性"]
    tab.locator("label[for=_en]").click()
    assert first.all_inner_texts() == ["all", "expected", "binding"]


def test_obligation_department_and_group_are_filters(browser: Any, pages: Path) -> None:
    """Eight of the twenty are binding; five of the group of green development, four of them both."""
    tab = opened(browser, pages, "china-14fyp-2025")
    tab.select_option("select[name=obligation]", "binding")
    assert shown(tab) == 8
    tab.select_option("select[name=group]", "绿色生态")
    assert shown(tab) == 5
    own = opened(browser, pages, "all")
    names = own.locator("select[name=department] option").all()
    name = names[1].get_attribute("value")
    own.select_option("select[name=department]", name)
    for card in own.locator("article:visible").all():
        assert f"、{name}、" in card.get_attribute("data-department")
    assert shown(own) > 0


def test_a_table_is_copied(browser: Any, pages: Path) -> None:
    """What is copied is the table as shown, a tab between cells; that it was is told."""
    tab = opened(browser, pages, "china-14fyp-2025", permissions=["clipboard-read"])
    tab.select_option("select[name=status]", "met_early")
    assert shown(tab, ".table output") == 0
    tab.locator("button[data-do=copy]").click()
    assert tab.locator(".table output").inner_text() == "已复制"
    lines = tab.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0].split("\t")[0] == "指标"
    assert [line.split("\t")[-2] for line in lines[1:]] == ["提前实现"] * 4


def test_the_language_is_switched_without_a_script(browser: Any, pages: Path) -> None:
    """With JavaScript off the switch works, all is there, and what needs a script is not."""
    tab = opened(browser, pages, "shaoxing-2025", java_script_enabled=False)
    title = tab.locator("h1")
    assert title.inner_text() == "中国制造2025绍兴实施方案"
    tab.locator("label[for=_en]").click()
    assert title.inner_text() == "Shaoxing implementation plan of Made in China 2025"
    assert (shown(tab), shown(tab, ".tools"), shown(tab, "button")) == (22, 0, 0)


def test_a_table_is_saved_as_csv(browser: Any, pages: Path) -> None:
    """The download is the table as filtered, in the language shown."""
    tab = opened(browser, pages, "china-14fyp-2025")
    tab.locator("label[for=_en]").click()
    tab.select_option("select[name=status]", "met_early")
    with tab.expect_download() as saved:
        tab.locator("button[data-do=save]").click()
    assert saved.value.suggested_filename == "china-14fyp-2025.csv"
    with Path(saved.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "Indicator"
    assert [row[rows[0].index("Status")] for row in rows[1:]] == ["met early"] * 4


def test_a_table_is_sorted_by_the_keyboard(browser: Any, pages: Path) -> None:
    """A heading is a button that sorts by its numbers, what has none last; a reader is told the order."""
    tab = opened(browser, pages, "china-14fyp-2025")
    heading = tab.locator(".table thead th").nth(6)
    heading.locator("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    cells = tab.locator(".table tbody tr td:nth-child(7)").all()
    numbers = [one.get_attribute("data-by") for one in cells]
    known = [float(number) for number in numbers if number is not None]
    assert known == sorted(known)
    assert None not in numbers[: len(known)]


def test_a_deep_link_leads_to_its_indicator(browser: Any, pages: Path) -> None:
    """Forest cover of 2025 is the one that is marked."""
    tab = opened(browser, pages, "all", "#china-14fyp-2025/forest_cover@2025")
    marked = tab.locator("article:target")
    assert "森林覆盖率" in marked.locator("h3").inner_text()
    assert marked.evaluate("one => one.getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out(browser: Any, pages: Path, name: str, width: int) -> None:
    """No width of window has to be scrolled sideways."""
    tab = opened(browser, pages, name, viewport={"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_long_names_do_not_stick_out(browser: Any, pages: Path, tmp_path: Path) -> None:
    """Names of 200 signs, in Chinese and in English, and a unit of 40 are folded on a phone."""
    names = {
        "name_zh": "规上企业" * 50,
        "name_en": "enterprises " * 16 + "x" * 8,
        "unit": "吨" * 40,
    }
    plan = plan_of(tmp_path, "value: 150, year: 2020", baseline="{year: 2015, value: 100}", **names)
    check = checked(plan, table_of("2018,120 2019,1234567890123"))
    (pages / "long.html").write_text(mt.report(check), encoding="utf-8")
    tab = opened(browser, pages, "long", viewport={"width": 375, "height": 900})
    for lang in ("zh", "en"):
        tab.locator(f"label[for=_{lang}]").click()
        assert tab.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_it(browser: Any, pages: Path, name: str, scheme: str) -> None:
    """Nothing serious is found by axe-core, by light or in the dark: contrast, labels, names, order."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only this step has it

    tab = opened(browser, pages, name, color_scheme=scheme, bypass_csp=True)
    found = Axe().run(tab).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def test_it_prints(browser: Any, pages: Path) -> None:
    """On paper there are no controls, and no chart is higher than a page."""
    tab = opened(browser, pages, "shaoxing-2025", viewport={"width": 690, "height": 1000})
    tab.emulate_media(media="print")
    assert (shown(tab, ".tools"), shown(tab, "[data-do]"), shown(tab)) == (0, 0, 22)
    heights = [one.bounding_box()["height"] for one in tab.locator("article").all()]
    assert max(heights) < 1000
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_draft_is_confirmed_without_a_script(browser: Any, pages: Path) -> None:
    """A number leads to its record and back, ticks are counted, and what is sure can be hidden."""
    tab = opened(browser, pages, "review", java_script_enabled=False)
    tab.locator("#t2").click()
    assert "3.1%" in tab.locator("article:target").inner_text()
    tab.locator("article:target h3 a").click()
    assert tab.locator(".printed a:target").inner_text() == "2"
    tab.check("#c1")
    tab.check("#c3")
    tab.locator("label[for=_hide_done]").click()
    assert shown(tab) == 1
    tab.locator("label[for=_hide_done]").click()
    tab.locator("label[for=_only_unsure]").click()
    assert shown(tab) == 1
    assert "待确认" in tab.locator("article:visible").inner_text()


def test_ticks_are_counted(browser: Any, pages: Path) -> None:
    """Two of three are told by style alone; a reader of the page is told the same."""
    tab = opened(browser, pages, "review")
    tab.check("#c1")
    tab.check("#c3")
    tree = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    names = [node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText"]
    at = names.index("已核对")
    assert "".join(names[at : at + 3]) == "已核对2 / 3"
