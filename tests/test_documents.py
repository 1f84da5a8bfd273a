"""The documents that ship: whole, traceable to their own words, and comparable."""

import csv
import io
import json
import os
from collections import Counter
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from conftest import Run
from mfgtargets.data import data_folder
from mfgtargets.document.concepts import concepts
from mfgtargets.document.library import document_paths, find_document
from mfgtargets.document.records import Target
from mfgtargets.document.schema import json_schema
from mfgtargets.document.trace import digest, trace
from mfgtargets.document.yamlfile import read_yaml

TEXTS = "jinhua-2022 shaoxing-2025 sunan-2019 yuecheng-2026 zhejiang-block-2022".split()
ALL = ["china-14fyp-2025", *TEXTS]
SHARED = Path(os.environ.get("MFGTARGETS_SHARED", Path(__file__).parents[2] / "shared"))


def by_id(name: str) -> dict[str, Target]:
    """Return the targets of a document by id."""
    return {target.id: target for target in find_document(name).targets}


def test_six_documents_ship() -> None:
    """All six load, and their ids are the names of their files."""
    assert list(document_paths()) == ALL
    assert [find_document(name).id for name in ALL] == ALL


@pytest.mark.skipif(not SHARED.is_dir(), reason="the documents' full texts are not here")
@pytest.mark.parametrize("name", TEXTS)
def test_every_quote_stands_in_the_document(name: str) -> None:
    """Each quote occurs in the full text, and the metadata know that text by its SHA-256."""
    raw = (SHARED / "documents" / f"{name}.txt").read_bytes()
    document = find_document(name)
    assert [one for one in trace(document, raw.decode()) if not one.found] == []
    assert document.entry.source.sha256 == digest(raw)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the documents' full texts are not here")
@pytest.mark.parametrize("name", TEXTS)
def test_departments_are_printed_in_the_document(name: str) -> None:
    """Each section's departments stand in the text in that order, joined as printed."""
    text = "".join((SHARED / "documents" / f"{name}.txt").read_text(encoding="utf-8").split())
    for section, departments in find_document(name).entry.sections.items():
        joined = "、".join(departments)
        forms = {joined, joined.replace("、各县", ",各县"), joined.replace("、各相关", ",各相关")}
        forms |= {form.replace("、各县", ",各县") for form in forms}
        forms.add(joined.replace("市经信局、科技局、", "市经信局,科技局、"))
        assert any(form in text for form in forms), section


@pytest.mark.parametrize("name", ALL)
def test_records_are_numbered_once_and_refer_to_records(name: str) -> None:
    """Ids are unique; what restates or is part of another names a record of its document."""
    targets = find_document(name).targets
    assert max(Counter(target.id for target in targets).values()) == 1
    ids = {target.id for target in targets}
    for target in targets:
        assert {target.restates, target.part_of} - {None} <= ids
        assert target.year is not None
        assert target.name_en.isascii()


@pytest.mark.parametrize(
    ("document", "record", "expected"),
    [
        ("shaoxing-2025", "smart_towns@2020", "level range 4 6 家 2020"),
        ("shaoxing-2025", "standards_yearly@2025", "annual_flow ge 20 None 项 2025"),
        ("shaoxing-2025", "equipment_industry_rank@2020", "rank eq 1 None 位 2020"),
        ("shaoxing-2025", "inspection_pass_rate@2020", "increment eq 1 None 个百分点 2020"),
        ("shaoxing-2025", "dyeing_energy_intensity@2020", "growth_rate ge 5 None % 2020"),
        ("shaoxing-2025", "listed_companies@2020#2", "level gt 100 None 家 2020"),
        ("shaoxing-2025", "information_economy@2025", "level gt 2000 None 亿元 2025"),
        ("shaoxing-2025", "skilled_workers_yearly@2025", "annual_flow approx 2 None 万名 2025"),
        ("zhejiang-block-2022", "water_intensity@2022", "growth_rate eq 5 None % 2022"),
        ("zhejiang-block-2022", "brand_firms@2022", "level ge 1200 None 家 2022"),
        ("sunan-2019", "water_pollutants@2019", "cumulative_change eq 16 None % 2019"),
        ("sunan-2019", "carbon_growth@2019", "growth_rate eq 0 None % 2019"),
        ("sunan-2019", "civil_to_military_firms@2019", "annual_flow eq 50 None 家 2019"),
        ("jinhua-2022", "candidates_per_industry@2022", "annual_flow range 1 3 家 2022"),
        ("jinhua-2022", "star_market_listings@2022", "level ge 1 None 家 2022"),
        ("jinhua-2022", "industrial_robots@2022", "level gt 2 None 万台 2022"),
        ("yuecheng-2026", "tax_per_mu@2026", "multiple eq 2 None 倍 2026"),
        ("yuecheng-2026", "paojiang_rank@2026", "rank le 50 None 位 2026"),
        ("yuecheng-2026", "quota_share@2026", "level ge 50 None % 2026"),
        ("yuecheng-2026", "projects_5bn_yearly@2026", "annual_flow range 2 3 个 2026"),
        ("china-14fyp-2025", "rd_spending_growth@2025", "growth_rate ge 7 None % 2025"),
        ("china-14fyp-2025", "unemployment@2025", "level lt 5.5 None % 2025"),
        ("china-14fyp-2025", "life_expectancy@2025", "increment eq 1 None 岁 2025"),
        ("china-14fyp-2025", "energy_intensity@2025", "cumulative_change eq 13.5 None % 2025"),
        ("china-14fyp-2025", "grain_capacity@2025", "level ge 6.5 None 亿吨 2025"),
    ],
)
def test_records_say_what_the_sentence_says(document: str, record: str, expected: str) -> None:
    """Kind, comparator, value, unit and year of sentences read by hand."""
    t = by_id(document)[record]
    high = None if t.value_high is None else f"{t.value_high:g}"
    assert f"{t.kind} {t.comparator} {t.value:g} {high} {t.unit} {t.year}" == expected


def test_what_is_said_twice_is_one_target() -> None:
    """The text's 突破100家 restates the table's 100, with a note, and is not judged."""
    again = by_id("shaoxing-2025")["listed_companies@2020#2"]
    assert again.restates == "listed_companies@2020"
    assert again.note is not None
    assert "突破100家" in again.note
    assert (
        by_id("shaoxing-2025")["information_industry_output@2020"].part_of
        == "information_economy@2020"
    )


def test_a_year_that_is_not_printed_is_the_documents() -> None:
    """Where a sentence has no year the horizon stands, and the note says so."""
    target = by_id("shaoxing-2025")["investment_per_mu@2025"]
    assert target.year == 2025
    assert target.note is not None
    assert "原文没有写年份" in target.note


def test_documents_follow_the_committed_schema() -> None:
    """The committed schema is the program's own, and every document that ships obeys it."""
    schema = json_schema()
    committed = (data_folder() / "schema" / "targets.schema.json").read_text(encoding="utf-8")
    assert json.loads(committed) == schema
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in document_paths().values():
        jsonschema.validate(read_yaml(path).data, schema)
        line = path.read_text(encoding="utf-8").splitlines()[0]
        assert line == "# yaml-language-server: $schema=../schema/targets.schema.json"


def test_every_field_of_the_schema_is_described() -> None:
    """No description is missing, and none describes a field that is gone."""
    schema = json_schema()
    models = {"DocumentEntry": schema, **schema["$defs"]}
    fields = {f"{name}.{field}" for name, model in models.items() for field in model["properties"]}
    described = (data_folder() / "schema" / "descriptions.csv").read_text(encoding="utf-8")
    assert fields == {row["field"] for row in csv.DictReader(described.splitlines())}


def test_every_concept_is_in_the_vocabulary() -> None:
    """Documents use no concept that the vocabulary does not know, nor the other way round."""
    used = {t.concept for name in ALL for t in find_document(name).targets if t.concept}
    assert used == set(concepts())


def test_compare_puts_documents_side_by_side(run: Run) -> None:
    """R&D intensity has four definitions in four documents, and the difference is told."""
    found = json.loads(run("compare", "rd_intensity", "--format", "json").stdout)
    assert found["definitions_differ"] is True
    assert {r["document"] for r in found["results"]} == set(TEXTS) - {"yuecheng-2026"}
    assert "内部支出" in run("compare", "研发投入强度").stdout
    assert "rd_intensity" in run("compare").stdout
    assert "error[no-such-concept]" in run("compare", "rd_intensty", code=2).stderr


def test_compare_puts_a_plan_beside_its_parents(run: Run, tmp_path: Path) -> None:
    """Shaoxing's energy intensity (18, 30) stands above Zhejiang's (4 a year) and the nation's 13.5."""
    found = json.loads(run("compare", "shaoxing-2025", "--format", "json").stdout)
    assert found["parents"] == ["zhejiang-block-2022", "china-14fyp-2025"]
    energy = [r for r in found["results"] if r["concept"] == "energy_intensity"]
    assert [(r["region"], r["value"]) for r in energy] == [
        ("绍兴市", 18), ("绍兴市", 30), ("绍兴市", 5), ("浙江省", 4), ("全国", 13.5),
    ]  # fmt: skip
    assert "与上位规划同一概念的目标" in run("compare", "shaoxing-2025").stdout
    text = Path(find_document("sunan-2019").path).read_text(encoding="utf-8")
    own = text.replace("id: sunan-2019", "id: mine").replace("[china-14fyp-2025]", "[nobody-1900]")
    (tmp_path / "mine.yaml").write_text(own, encoding="utf-8")
    asked = ("compare", "mine", "--targets-dir", str(tmp_path))
    assert "nobody-1900" in run(*asked, code=2).stderr
    (tmp_path / "mine.yaml").write_text(own.replace("nobody-1900", "mine"), encoding="utf-8")
    assert "error[parent-self]" in run("validate", str(tmp_path / "mine.yaml"), code=2).stderr


def test_one_bad_file_hides_no_other(run: Run, tmp_path: Path) -> None:
    """``list`` prints those that are valid, names the bad one, and exits 2; check reads the good one."""
    plan = run("new", "plan").stdout
    (tmp_path / "my-plan.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "other.yaml").write_text(plan, encoding="utf-8")
    done = run("list", "--targets-dir", ".", code=2)
    assert "my-plan" in done.stdout
    assert "shaoxing-2025" in done.stdout
    assert {"error[yaml-syntax]" in done.stderr, "error[id-not-file-name]" in done.stderr} == {True}
    assert "my-plan.yaml" in run("validate", "other.yaml").stderr
    assert run("validate", "my-plan.yaml").stderr == ""
    run("check", "my-plan", "--targets-dir", ".")


def test_own_actuals_are_called_by_their_file(run: Run, tmp_path: Path) -> None:
    """Those beside a plan of one's own are not called the program's."""
    for name in ("targets", "actuals"):
        (tmp_path / name).mkdir()
    plan = run("new", "plan").stdout
    (tmp_path / "targets" / "my-plan.yaml").write_text(plan, encoding="utf-8")
    table = "indicator,year,value\nrd_share,2022,2.4\n"
    (tmp_path / "actuals" / "my-plan.csv").write_text(table, encoding="utf-8")
    out = run("check", "targets/my-plan.yaml", "bundled").stdout
    assert "实际值:actuals/my-plan.csv" in out
    assert "随程序" not in out


def test_trace_names_the_first_difference(run: Run, tmp_path: Path) -> None:
    """A text that words one target otherwise gives exit 1 and shows what it says there."""
    text = "".join(t.quote + "\n" for t in find_document("sunan-2019").targets)
    (tmp_path / "same.txt").write_text(text.replace("研发", " 研\n发"), encoding="utf-8")
    run("trace", "sunan-2019", "--source", "same.txt")
    (tmp_path / "other.txt").write_text(
        text.replace("绿色工厂80家", "绿色工厂90家"), encoding="utf-8"
    )
    done = run("trace", "sunan-2019", "--source", "other.txt", "--format", "json", code=1)
    (missing,) = [r for r in json.loads(done.stdout)["results"] if not r["found"]]
    assert missing["target_id"] == "green_factories@2019"
    assert (missing["matched"], missing["instead"]) == (6, "创建绿色工厂90家")
    assert "SHA-256" in done.stderr


def test_validate_tells_all_files(run: Run, tmp_path: Path) -> None:
    """Good files are counted on standard output, faults of the others told, exit 2."""
    (tmp_path / "bad.yaml").write_text("id: x\n", encoding="utf-8")
    good = str(document_paths()["sunan-2019"])
    done = run("validate", good, "bad.yaml", "none.yaml", code=2)
    assert "sunan-2019: 25项指标,25条目标" in done.stdout
    assert "bad.yaml:1:1: error[missing-field]" in done.stderr
    assert "none.yaml: error[no-such-file]" in done.stderr


def test_the_starter_is_a_valid_plan(run: Run, tmp_path: Path) -> None:
    """What new plan prints validates as it is, and can be checked by path or from a folder."""
    (tmp_path / "plans").mkdir()
    starter = tmp_path / "plans" / "my-plan.yaml"
    starter.write_text(run("new", "plan").stdout, encoding="utf-8")
    run("validate", "plans/my-plan.yaml")
    table = "indicator,year,value\nrd_share,2022,2.4\n"
    for arguments in (["plans/my-plan.yaml"], ["my-plan", "--targets-dir", "plans"]):
        assert "符合预期1项" in run("check", *arguments, "-", stdin=table).stdout
    listed = run("list", MFGTARGETS_PATH="plans").stdout
    assert "my-plan" in listed
    assert "sunan-2019" in listed
    assert "error[no-such-folder]" in run("list", "--targets-dir", "none", code=2).stderr


def test_a_listed_file_is_named_after_its_document(run: Run, tmp_path: Path) -> None:
    """A file found by id must bear it, so that list prints what check understands."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "other.yaml").write_text(run("new", "plan").stdout, encoding="utf-8")
    for command in (["list"], ["show", "other"]):
        err = run(*command, "--targets-dir", "plans", code=2).stderr
        assert "error[id-not-file-name]" in err


def test_rows_without_a_group_stand_under_their_section(run: Run) -> None:
    """With --all the text's targets follow the table's groups under headings of their own."""
    out = run("check", "shaoxing-2025", "--all").stdout
    assert "[二(一) 新一代信息技术产业]\n全市信息经济增加值(亿元)" in out


def test_own_actuals_lie_beside_the_targets(run: Run, tmp_path: Path) -> None:
    """For a document elsewhere, bundled means actuals/ID.csv beside its folder."""
    for folder in ("targets", "actuals"):
        (tmp_path / folder).mkdir()
    plan = run("new", "plan").stdout
    (tmp_path / "targets" / "my-plan.yaml").write_text(plan, encoding="utf-8")
    table = "indicator,year,value\nrd_share,2022,2.4\n"
    (tmp_path / "actuals" / "my-plan.csv").write_text(table, encoding="utf-8")
    assert "符合预期1项" in run("check", "targets/my-plan.yaml", "bundled").stdout


def test_show_reads_as_a_document(run: Run) -> None:
    """Sections with departments, quotes, notes and what restates what."""
    out = run("show", "shaoxing-2025").stdout
    assert "## 三(一)1(1) 推进装备智能化 [责任部门:市经信委、市发改委、市科技局]" in out
    assert "- 智能装备特色小镇(家): 4-6 (2020)  smart_towns" in out
    assert "    原文: 培育4—6家智能装备特色小镇" in out
    assert "    重述: listed_companies@2020" in out
    english = run("show", "shaoxing-2025", "--lang", "en").stdout
    assert "- Characteristic towns of smart equipment (家): 4-6" in english


def test_show_writes_targets_for_other_programs(tmp_path: Path, run: Run) -> None:
    """CSV and .xlsx have a row a target under the fields of JSON, SDMX-CSV one an observation."""
    document = find_document("jinhua-2022")
    rows = [*csv.DictReader(io.StringIO(run("show", "jinhua-2022", "--format", "csv").stdout))]
    assert [row["id"] for row in rows] == [target.id for target in document.targets]
    listed = json.loads(run("show", "jinhua-2022", "--format", "json").stdout)["targets"]
    assert set(listed[0]) - {"source", "relative_to"} <= set(rows[0])
    assert rows[0]["departments"] == ";".join(listed[0]["departments"])
    run("show", "jinhua-2022", "-o", str(tmp_path / "targets.xlsx"))
    sheets = openpyxl.load_workbook(tmp_path / "targets.xlsx").worksheets
    assert sheets[1].max_row == 1 + len(document.targets)
    assert "-o FILE.xlsx" in run("show", "jinhua-2022", "--format", "xlsx", code=2).stderr
    sdmx = run("show", "jinhua-2022", "--format", "sdmx-csv").stdout
    run("show", "jinhua-2022", "--format", "sdmx-csv", "-o", str(tmp_path / "same.csv"))
    assert (tmp_path / "same.csv").read_text(encoding="utf-8") == sdmx
    first = next(csv.DictReader(io.StringIO(sdmx)))
    named = ("STRUCTURE", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_STATUS")
    aim = document.targets[0]
    assert [first[n] for n in named] == ["dataflow", "金华市", aim.indicator, str(aim.year), "F"]
    (tmp_path / "targets.csv").write_text(sdmx, encoding="utf-8")
    told = run("read", "jinhua-2022", str(tmp_path / "targets.csv"), code=2).stderr
    assert "[forecast]" in told


def test_all_lists_what_the_main_table_does_not(run: Run) -> None:
    """Without --all the rest is only counted; with it every indicator has its rows."""
    document = find_document("shaoxing-2025")
    rest = len(document.indicators) - 22  # the table's twenty, and two that have actuals
    assert f"另有{rest}项指标没有实际值" in run("check", "shaoxing-2025").stdout
    every = json.loads(run("check", "shaoxing-2025", "--all", "--format", "json").stdout)
    assert {r["indicator"] for r in every["results"]} == set(document.indicators)
