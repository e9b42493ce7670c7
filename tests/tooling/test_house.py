"""What holds of the house as a whole."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def project_files() -> list[Path]:
    """Return every text file that belongs to the project, tracked or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_site_is_no_package() -> None:
    """The standard library owns the module name `site`."""
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    documented = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)
    assert documented == phony.group(1).split()


def test_make_lists_its_targets_from_any_directory(tmp_path: Path) -> None:
    listed = subprocess.run(["make", "-C", str(ROOT)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "run             Start everything" in listed.stdout


def test_import_directions_hold() -> None:
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert lint_imports is not None
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"}
    result = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout if result.returncode else "") == (0, "")


def test_no_file_names_the_machine_it_was_written_on() -> None:
    """Paths of one workplace and hosts of package registries belong in nobody else's checkout."""
    # Built from pieces, or this file would find itself.
    traces = re.compile(
        "|".join([r"/wor" r"k/(?:main|shared)", r"pypi\.or" r"g", r"files\.pythonhoste" r"d", r"/ro" r"ot/"])
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        if path.suffix not in {".png", ".jpg", ".webp", ".woff2", ".mo", ".npz"}
        for match in traces.finditer(path.read_text("utf-8"))
    ]
    assert found == []
