"""What is built and installed: the data are in it, and it works from any folder."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build sdist and wheel (the wheel from the sdist) and return their folder."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(out), str(ROOT)], check=True)
    return out


def installed(folder: Path, *what: str) -> str:
    """Install into a fresh environment and return what check prints from a foreign folder."""
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True)
    command = [str(folder / "env" / "bin" / "mfgtargets"), "check", "shaoxing-2025", "bundled"]
    return subprocess.run(command, check=True, capture_output=True, cwd=folder).stdout.decode()


def test_wheel_and_sdist_hold_the_data(built: Path) -> None:
    """The wheel has the data inside the package, the sdist where the checkout has them."""
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    names = zipfile.ZipFile(wheel).namelist()
    for path in (ROOT / "data").rglob("*.*"):
        assert f"mfgtargets/{path.relative_to(ROOT).as_posix()}" in names
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {"data/targets/shaoxing-2025.yaml", "LICENSE", "README.md"} <= inside


@pytest.mark.parametrize("form", ["wheel", "sdist", "editable"])
def test_installed_program_works_from_any_folder(built: Path, tmp_path: Path, form: str) -> None:
    """From wheel, sdist and editable install the check runs outside the checkout."""
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    what = {"wheel": [str(wheel)], "sdist": [str(sdist)], "editable": ["-e", str(ROOT)]}[form]
    assert "22项指标" in installed(tmp_path, *what)


def test_the_sdist_passes_its_own_tests(built: Path, tmp_path: Path) -> None:
    """What is unpacked from it is whole: all tests run in it, on the source in it."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    paths = {"PYTHONPATH": str(source / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        cwd=source,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
