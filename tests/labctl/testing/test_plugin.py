"""`pytest -p labctl --lab acme_lab`: another lab's package, in a process of its own."""

from __future__ import annotations

from pathlib import Path

from tests.labctl import foreignlab

ALONE = ("-p", "labctl", "--lab", "acme_lab")


def test_a_whole_lab_passes_from_any_folder(tmp_path: Path) -> None:
    tree = foreignlab.make("acme", tmp_path)
    done = foreignlab.pytest_in(tree, *ALONE, "-rA", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for check in (
        "driver acme.v1: fits a role",
        "driver acme.v1: has its tier, with a reason",
        "driver acme.v1: knows its emulator",
        "golden acme.v1-identify: its driver follows",
        "golden acme.v1-identify: its emulator answers so",
        "emulator acme_lab.sim_backends.emulators.acme.v1: stands random frames",
    ):
        assert f"PASSED acme_lab::{check}" in done.stdout, done.stdout


def test_defects_are_caught_by_name(tmp_path: Path) -> None:
    tree = foreignlab.make("acme", tmp_path)
    driver = tree.home / "drivers" / "acme" / "v1.py"
    foreignlab.replace(driver, '"RANG", "MEAS?"', '"VOLT:RANG", "MEAS?"')
    emulator = tree.home / "sim_backends" / "emulators" / "acme" / "v1.py"
    foreignlab.replace(emulator, '"V1", serial,', '"V1", serial[4:],')
    quality = tree.home / "drivers" / "quality.toml"
    foreignlab.replace(quality, '"unverified"', '"golden"')
    (tree.golden / "acme" / "v2.toml").write_text("[scene.one\n", encoding="utf-8")
    (driver.parent / "v3.py").write_text("DRIVER = (\n", encoding="utf-8")
    (driver.parent / "v2.py").write_text('"""Nothing yet."""\n', encoding="utf-8")
    done = foreignlab.pytest_in(tree, *ALONE, "-rf", folder=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    for check in (
        "golden acme.v1-low_range: its driver follows",
        "driver acme.v1: knows its emulator",
        "driver acme.v1: has its tier, with a reason",
        "driver acme.v2: fits a role",
        "driver acme.v2: has its tier, with a reason",
        "golden acme.v2: can be read",
        "driver acme.v3: fits a role",
        "emulator acme_lab.sim_backends.emulators.acme.v1: listens, and has",
    ):
        assert f"FAILED acme_lab::{check}" in done.stdout, done.stdout
    assert "'VOLT:RANG 1' was sent, the transcript has 'RANG 1'" in done.stdout
    assert "acme_lab.drivers.acme.v2 offers no driver" in done.stdout
    assert "INTERNALERROR" not in done.stdout + done.stderr


def test_an_unknown_lab_is_told_with_the_known_ones(tmp_path: Path) -> None:
    tree = foreignlab.make("acme", tmp_path)
    done = foreignlab.pytest_in(tree, "-p", "labctl", "--lab", "emca_lab", folder=tmp_path)
    assert done.returncode == 4
    assert "no lab 'emca_lab' is installed; there are labctl" in done.stderr
    assert "acme (acme_lab)" in done.stderr


def test_a_shadowed_name_stops_it(tmp_path: Path) -> None:
    tree = foreignlab.make("acme", tmp_path)
    (tree.root / "rigs").mkdir()
    (tree.root / "rigs" / "__init__.py").write_text("", encoding="utf-8")
    done = foreignlab.pytest_in(tree)
    assert done.returncode == 4
    assert "the package 'rigs' of labctl is shadowed" in done.stderr
