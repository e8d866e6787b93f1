from __future__ import annotations

from pathlib import Path

import pytest

from drivers.conformance.folder import Folder, folder_of, package_path
from labctl.errors import BenchError


def written(folder: Path, *files: str) -> Folder:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("DRIVER = 1\n" if "driver" in file else "x = 1\n", encoding="utf-8")
    return Folder("acme_lab.drivers", folder, folder)


def test_models_are_found_and_parts_are_not(tmp_path: Path) -> None:
    files = ("acme/k1.py", "acme/_part.py", "generic/scpi.py", "generic/driver_of_all.py")
    folder = written(tmp_path, *files, "links/tcp.py", "registry.py")
    assert folder.names() == ["acme.k1", "generic.driver_of_all"]


def test_a_labs_driver_is_named_in_full_on_a_bench() -> None:
    lab, ours = Folder("acme_lab.drivers", Path(), Path()), folder_of("drivers")
    assert lab.full("acme.k1") == "acme_lab.drivers.acme.k1"
    assert lab.short("acme_lab.drivers.acme.k1") == "acme.k1"
    assert lab.short("keithley.k2450") == ""
    assert (ours.full("keithley.k2450"), ours.short("keithley.k2450")) == ("keithley.k2450",) * 2
    assert ours.short("acme_lab.drivers.acme.k1") == ""


def test_our_golden_files_are_found() -> None:
    assert folder_of("drivers").golden.parts[-2:] == ("tests", "golden")


@pytest.mark.parametrize("package", ["no_such_lab", "no_such_lab.drivers"])
def test_a_package_that_is_not_there_is_named(package: str) -> None:
    with pytest.raises(BenchError, match=package):
        package_path(package)
