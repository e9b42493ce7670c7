"""Installed from its wheel, the project works without its source tree."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source tree, with what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def shipped(folder: str) -> set[str]:
    """Return the files of one package that a wheel must hold, as paths inside the wheel."""
    base = ROOT / "site" if folder == "equalcity" else ROOT
    return {
        str(path.relative_to(base))
        for path in (base / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("package", ["equalcity", "home", "toolbox_pages", "campaign", "safespace_map", "search"])
def test_the_wheel_holds_every_file_of(package: str, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith(f"{package}/")}
    assert held == shipped(package)


def test_an_installed_copy_checks_itself(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    install = [*pip, "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(target),
        "EQUALCITY_HOME": str(tmp_path / "state"),
    }
    command = [sys.executable, "-m", "equalcity", "shell", "--command"]
    code = "import equalcity, home; print(equalcity.__file__, home.__file__)"
    told = subprocess.run([*command, code], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
    assert told.stdout.split()[-2:] == [str(target / name / "__init__.py") for name in ("equalcity", "home")]
    checked = subprocess.run(
        [sys.executable, "-m", "equalcity", "check"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
