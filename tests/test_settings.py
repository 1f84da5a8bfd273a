"""Settings, completion, the command reference, and the schema of answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import typer

from conftest import Run
from mfgtargets.cli.app import commands
from mfgtargets.cli.settings import FILES, REFUSED
from mfgtargets.document.library import document_paths

ROWS = "indicator,period,value\nlabour_productivity,2018,23\nlisted_companies,2018,>80\n"


def test_flags_come_before_the_environment_and_that_before_the_file(
    run: Run, tmp_path: Path
) -> None:
    """The file speaks English, the environment Chinese, a flag English again."""
    (tmp_path / "mfgtargets.toml").write_text('lang = "en"\n')
    assert "Actuals" in run("check", "shaoxing-2025").stdout
    assert "实际值" in run("check", "shaoxing-2025", MFGTARGETS_LANG="zh").stdout
    flagged = run("check", "shaoxing-2025", "--lang", "en", MFGTARGETS_LANG="zh").stdout
    assert "Actuals" in flagged
    assert "no such document" in run("check", "nowhere", code=2).stderr


def test_settings_are_found_upwards_with_paths_of_their_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project's settings serve its folders; a command's table is for that command alone."""
    (tmp_path / "a.csv").write_text(ROWS)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.mfgtargets]\ntolerance = 30\n[tool.mfgtargets.check]\n"
        'document = "shaoxing-2025"\nactuals = ["a.csv"]\nfail-on = "lagging"\n'
    )
    inner = tmp_path / "deep" / "er"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(inner)
    assert "容差30" in run("check").stdout
    assert run("check", "--tolerance", "5", code=1).returncode == 1
    assert "容差30个百分点" in run("note", "shaoxing-2025", "bundled").stdout


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lang = ", "toml-syntax"),
        ('lnag = "en"', "unknown-setting"),
        ("[check]\nshort = true", "unknown-setting"),
        ('lang = "fr"', "bad-setting"),
        ('tolerance = "much"', "bad-setting"),
    ],
)
def test_wrong_settings_are_told(run: Run, tmp_path: Path, text: str, code: str) -> None:
    """Broken files, names that are no option, values that mean nothing: exit 2 and why."""
    (tmp_path / "mfgtargets.toml").write_text(text)
    assert f"error[{code}]" in run("check", "shaoxing-2025", "bundled", code=2).stderr


def test_settings_never_say_where_output_goes(run: Run, tmp_path: Path) -> None:
    """A plan whose title is a shell line is written over no start-up file."""
    (tmp_path / ".bashrc").write_text("old")
    (tmp_path / "repo").mkdir()
    settings = tmp_path / "mfgtargets.toml"
    settings.write_text('[check]\noutput = ".bashrc"\nformat = "plain"\n')
    said = run("check", "shaoxing-2025", "bundled", "--lang", "en", code=2).stderr
    assert said.startswith(f"{settings}: error[refused-setting]")
    assert "-o on the command line" in said
    assert (tmp_path / ".bashrc").read_text() == "old"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"tool.mfgtargets = 3", "pyproject.toml: error[not-a-settings-table]"),
        (b"[tool.mfgtargets]\nlang = \n", "pyproject.toml:2:8: error[toml-syntax]"),
        (b"lang = " + b"[" * 100_000, "mfgtargets.toml: error[toml-syntax]"),
        (b"as-of = " + b"1" * 5000, "mfgtargets.toml: error[toml-syntax]"),
        (b"# \xff\n", "mfgtargets.toml:1: error[not-utf-8]"),
        (b"as-of = 1" + b"0" * 400, "mfgtargets.toml: error[bad-setting]"),
        (b"tolerance = 1" + b"0" * 400, "mfgtargets.toml: error[bad-setting]"),
        (b"tolerance = inf", "mfgtargets.toml: error[bad-setting]"),
        (b"tolerance = 101", "mfgtargets.toml: error[bad-setting]"),
        (b"tolerance = nan", "mfgtargets.toml: error[bad-setting]"),
        (b"target-year = [2025]", "mfgtargets.toml: error[bad-setting]"),
        (b"all = 1", "mfgtargets.toml: error[bad-setting]"),
        (b"actuals = [[]]", "mfgtargets.toml: error[bad-setting]"),
        (b"actuals = {a = 1}", "mfgtargets.toml: error[bad-setting]"),
        (b"method = 1979-05-27", "mfgtargets.toml: error[bad-setting]"),
        (b'encoding = "\\u0000"', "mfgtargets.toml: error[bad-setting]"),
        (b"check = 3", "mfgtargets.toml: error[unknown-setting]"),
    ],
)
def test_damaged_settings_are_told_with_their_place(
    run: Run, tmp_path: Path, raw: bytes, said: str
) -> None:
    """Whatever they hold, the file is named, and a remedy; the version is shown all the same."""
    name = said.partition(":")[0]
    (tmp_path / name).write_bytes(raw)
    told = run("check", "shaoxing-2025", "bundled", code=2, MFGTARGETS_LANG="en").stderr
    assert said in told
    assert "hint: " in told
    assert run("--version").stdout.startswith("mfgtargets ")
    assert "--tolerance" in run("check", "--help").stdout


def test_a_byte_order_mark_in_settings_is_no_fault(run: Run, tmp_path: Path) -> None:
    """Editors of Windows write one."""
    (tmp_path / "mfgtargets.toml").write_text('lang = "en"\r\n', encoding="utf-8-sig")
    assert "Actuals" in run("check", "shaoxing-2025").stdout


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (("check", "shaoxing-2025"), "targets-dir"),
        (("check", "shaoxing-2025"), "actuals"),
        (("check",), "document"),
        (("note", "shaoxing-2025"), "since"),
        (("trace", "shaoxing-2025"), "source"),
        (("calc",), "input"),
    ],
)
@pytest.mark.parametrize("where", ["../out.yaml", "a/../../out.yaml", "{out}", "link/out.yaml"])
def test_settings_name_nothing_outside_their_folder(
    run: Run, tmp_path: Path, command: tuple[str, ...], key: str, where: str
) -> None:
    """Neither upwards, nor by an absolute path, nor through a link."""
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "out.yaml").write_text(ROWS)
    (inner / "link").symlink_to(tmp_path)
    named = where.format(out=tmp_path / "out.yaml")
    settings = inner / "mfgtargets.toml"
    settings.write_text(f"{key} = {json.dumps(named)}\n")
    said = run(*command, "--settings", str(settings), code=2).stderr
    assert f"{settings}: error[outside-setting]" in said
    assert named in said


def test_a_folder_in_settings_holds_no_links_that_lead_out(run: Run, tmp_path: Path) -> None:
    """A plan that is a link to something private is not read, nor shown in a message."""
    (tmp_path / "private").write_text("secret: token\n")
    plans = tmp_path / "repo" / "plans"
    plans.mkdir(parents=True)
    settings = tmp_path / "repo" / "mfgtargets.toml"
    settings.write_text('targets-dir = "plans"\n')
    assert run("list", "--settings", str(settings)).returncode == 0
    (plans / "mine.yaml").symlink_to(tmp_path / "private")
    said = run("check", "mine", "--settings", str(settings), code=2).stderr
    assert "error[outside-setting]" in said
    assert "token" not in said


def test_every_option_that_names_a_file_is_kept_in_the_folder() -> None:
    """An option that takes a file or folder is either refused in settings or kept inside."""
    program = typer.main.get_command(commands())
    every = [one for command in program.commands.values() for one in command.params]  # type: ignore[attr-defined]
    named = {
        one.name
        for one in every
        if one.metavar == "FILE" or one.name.endswith(("_dir", "_file", "_folder"))
    }
    assert named - {"settings"} <= FILES | REFUSED
    assert {"output", "since", "source", "targets_dir"} <= named


def test_settings_are_of_the_repository(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies above the repository's root, or above a folder of none, is not looked at."""
    (tmp_path / "mfgtargets.toml").write_text('lang = "en"\n')
    inner = tmp_path / "repo" / "deep"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert "实际值" in run("check", "shaoxing-2025").stdout
    (tmp_path / "repo" / ".git").write_text("gitdir: elsewhere")
    assert "实际值" in run("check", "shaoxing-2025").stdout
    (tmp_path / "repo" / "mfgtargets.toml").write_text('lang = "en"\n')
    assert "Actuals" in run("check", "shaoxing-2025").stdout


def test_settings_of_another_user_are_named_and_not_used(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They count only where they are asked for by name; a system without owners asks nobody."""
    settings = tmp_path / "mfgtargets.toml"
    settings.write_text('lang = "en"\n')
    monkeypatch.setattr(os, "getuid", lambda: settings.stat().st_uid + 1, raising=False)
    ignored = run("check", "shaoxing-2025")
    assert "实际值" in ignored.stdout
    assert f"--settings {settings}" in ignored.stderr
    assert "Actuals" in run("check", "shaoxing-2025", f"--settings={settings}").stdout
    monkeypatch.delattr(os, "getuid")
    assert "Actuals" in run("check", "shaoxing-2025").stdout


def test_the_settings_used_are_told_where_they_decide(run: Run, tmp_path: Path) -> None:
    """Said on standard error, unless flags decide everything or no settings are wanted."""
    settings = tmp_path / "mfgtargets.toml"
    settings.write_text('lang = "en"\n')
    assert run("check", "shaoxing-2025").stderr == f"settings used: {settings}\n"
    assert run("check", "shaoxing-2025", "--lang", "en").stderr == ""
    unset = run("check", "shaoxing-2025", "--no-settings")
    assert (unset.stderr, "实际值" in unset.stdout) == ("", True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mfgtargets check sha", "shaoxing-2025"),
        ("mfgtargets track shaoxing-2025 rd_", "rd_share"),
        ("mfgtargets check shaoxing-2025 --indicator listed", "listed_companies"),
    ],
)
def test_the_shell_completes_documents_and_indicators(words: str, expected: str) -> None:
    """As a shell asks it, in the environment."""
    count = len(words.split()) - 1
    asked = {"_MFGTARGETS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    program = Path(sys.executable).with_name("mfgtargets")
    done = subprocess.run([program], env=os.environ | asked, capture_output=True, check=False)
    assert expected in done.stdout.decode().split()


@pytest.mark.parametrize("document", [*document_paths(), "all"])
@pytest.mark.parametrize("method", ["schedule", "eurostat", "all"])
def test_answers_follow_their_schema(run: Run, tmp_path: Path, document: str, method: str) -> None:
    """Whatever document and method, with data or without."""
    schema = json.loads(run("schema", "check").stdout)
    (tmp_path / "a.csv").write_text(ROWS)
    actuals = ("a.csv",) if document in {"shaoxing-2025", "all"} else ("bundled",)
    arguments = ("check", document, *actuals, "--method", method, "--target-year", "all")
    found = json.loads(run(*arguments, "--all", "--format", "json").stdout)
    jsonschema.Draft202012Validator(schema).validate(found)


def answer(**changes: object) -> dict[str, object]:
    """Return an answer of check as the documentation describes it, with one result changed."""
    texts = ("target_id document_id indicator name_zh name_en region kind path status").split()
    numbers = (
        "baseline_value target_value target_value_high latest_value on_track_value gap gap_to_target "
        "progress schedule lead lead_years planned_change required_change achieved_change "
        "acceleration projected_value projected_low projected_high given_value tolerance"
    ).split()
    empty = "group comparator baseline_source unit latest_period latest_bound latest_obs_status "
    empty += (
        "reason source target_year baseline_year projected_year projected_points given_measure "
    )
    empty += "judged_period obligation"
    result: dict[str, object] = dict.fromkeys(texts, "x") | dict.fromkeys(numbers, 1.5)
    result |= dict.fromkeys(empty.split())
    result |= {"departments": ["甲局"], "flags": ["stale"], "reasons": {"gap": "no_data"}}
    result |= {"breached": [2022]}
    result |= {"status": "lagging", "path": "linear"} | changes
    return {
        "format_version": 1, "command": "check", "document": "x", "as_of": 2020,
        "method": "schedule", "actuals": {}, "summary": {"lagging": 1},
        "results": [{name: value for name, value in result.items() if value != "gone"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"gap": None, "status": "no_data", "reason": "no_data"}, True),
        ({"target_year": 2025, "projected_points": 5}, True),
        ({"status": "on_track_or_maintaining"}, True),
        ({"status": "fine"}, False),
        ({"gap": "1.5"}, False),
        ({"gap": "gone"}, False),
        ({"target_year": 2025.5}, False),
        ({"flags": ["odd"]}, False),
        ({"flags": "stale"}, False),
        ({"reasons": {"gap": "because"}}, False),
        ({"departments": [1]}, False),
        ({"extra": 1}, False),
    ],
)
def test_the_schema_of_check_accepts_and_refuses(
    run: Run, changes: dict[str, object], fits: bool
) -> None:
    """An answer written by hand fits; a wrong word, type, missing or further field does not."""
    schema = jsonschema.Draft202012Validator(json.loads(run("schema", "check").stdout))
    assert schema.is_valid(answer(**changes)) == fits


def test_a_folder_of_the_settings_that_is_none_is_told_after_them(run: Run, tmp_path: Path) -> None:
    """Which settings led to a missing folder is said, also where they name the document."""
    (tmp_path / "mfgtargets.toml").write_text(
        'document = "shaoxing-2025"\ntargets-dir = ["none"]\n'
    )
    (tmp_path / "a.csv").write_text("indicator,year,value\nlisted_companies,2018,80\n")
    told = run("check", "a.csv", code=2, MFGTARGETS_LANG="en").stderr
    assert told.startswith("settings used: ")
    assert "error[no-such-folder]" in told
