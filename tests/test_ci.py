"""What is offered for CI, run as it is written: the action, the workflows, the hooks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "monitoring"


def load(path: Path) -> dict[str, Any]:
    """Return a YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def bash(tmp_path: Path) -> Any:
    """Run scripts in a copy of the example, with a job's summary, as a runner would."""
    if os.name == "nt":
        pytest.skip("a shell of Unix")
    folder = tmp_path / "repository"
    shutil.copytree(EXAMPLE, folder)
    summary = tmp_path / "summary.md"
    summary.touch()

    def call(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        given = {"GITHUB_STEP_SUMMARY": str(summary), "PATH": path, **environment}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MFGTARGETS_")}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=folder,
            env=clean | given,
            capture_output=True,
            text=True,
            check=False,
        )

    call.folder, call.summary = folder, summary  # type: ignore[attr-defined]
    return call


def installs(script: str) -> bool:
    """Tell whether a step only installs, for which there is no network here."""
    return "pip install" in script


def test_the_example_workflow_runs_as_written(bash: Any) -> None:
    """Every step's commands succeed, the note is in the summary, nothing changed since."""
    workflow = load(EXAMPLE / ".github" / "workflows" / "targets.yml")
    scripts = [step["run"] for step in workflow["jobs"]["targets"]["steps"] if "run" in step]
    done = [bash(script) for script in scripts if not installs(script)]
    assert [one.returncode for one in done] == [0, 0], done
    assert "没有变化。" in bash.summary.read_text(encoding="utf-8")
    assert (bash.folder / "targets.xml").is_file()
    committed = (EXAMPLE / "note.md").read_text(encoding="utf-8")
    assert (bash.folder / "note.md").read_text(encoding="utf-8") == committed


def test_the_gitlab_job_runs_as_written(bash: Any) -> None:
    """The same commands on GitLab; its artifacts are there."""
    job = load(EXAMPLE / ".gitlab-ci.yml")["targets"]
    assert all(map(installs, job["before_script"]))
    assert bash("\n".join(job["script"])).returncode == 0
    assert (bash.folder / job["artifacts"]["reports"]["junit"]).is_file()


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("lagging", 1)])
def test_the_action_runs_as_written(bash: Any, fail_on: str, code: int) -> None:
    """Its steps, with the inputs put in: note and summary are written, and it fails on request."""
    action = load(ROOT / "action.yml")
    inputs = {name: str(given.get("default", "")) for name, given in action["inputs"].items()}
    inputs |= {"document": "shaoxing-2025", "actuals": "actuals/shaoxing.csv", "fail-on": fail_on}

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: inputs[match[1]], text)

    codes = []
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        if not installs(step["run"]):
            environment = {name: filled(text) for name, text in step["env"].items()}
            codes.append(bash(step["run"], **environment).returncode)
    assert codes == [code]
    assert "# 中国制造2025绍兴实施方案进展情况通报" in bash.summary.read_text(encoding="utf-8")


def test_the_hooks_run_on_our_own_files(bash: Any) -> None:
    """Each hook's entry is a command that passes on the files it is for."""
    hooks = {hook["id"]: hook for hook in load(ROOT / ".pre-commit-hooks.yaml")}
    targets = sorted(str(path) for path in (ROOT / "data" / "targets").glob("*.yaml"))
    assert all(
        re.search(hooks["mfgtargets-validate"]["files"], f"data/targets/{Path(t).name}")
        for t in targets
    )
    assert bash(f"{hooks['mfgtargets-validate']['entry']} {' '.join(targets)}").returncode == 0
    own = load(EXAMPLE / ".pre-commit-config.yaml")["repos"][0]["hooks"][0]
    assert bash(f"{own['entry']} actuals/shaoxing.csv").returncode == 0
    assert hooks["mfgtargets-read"]["entry"] in own["entry"]
