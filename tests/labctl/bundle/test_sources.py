from __future__ import annotations

import json
from pathlib import Path

from labctl.bundle import sources
from labctl.bundle.files import sha256_of

MODULE = "procedures.f01_new_energy.d01_flexible_perovskite_zinc_ion_photostorage"


def test_a_procedure_is_kept_with_its_methods_once(tmp_path: Path) -> None:
    index = sources.keep(MODULE, "procedures", tmp_path)
    found = sources.kept(tmp_path, index)
    assert {MODULE, "procedures.methods.endurance.bending", "procedures.analysis.iv"} <= set(found)
    assert all(name.split(".")[0] == "procedures" for name in found)
    assert found[MODULE] == Path(f"{MODULE.replace('.', '/')}.py").read_bytes()
    files = {path.name: path.stat().st_mtime_ns for path in (tmp_path / sources.FOLDER).iterdir()}
    assert sources.keep(MODULE, "procedures", tmp_path) == index
    assert files == {
        path.name: path.stat().st_mtime_ns for path in (tmp_path / sources.FOLDER).iterdir()
    }


def test_a_file_that_was_changed_is_not_given(tmp_path: Path) -> None:
    index = sources.keep(MODULE, "procedures", tmp_path)
    names = json.loads((tmp_path / sources.FOLDER / index).read_bytes())
    path = tmp_path / sources.FOLDER / names[MODULE]
    path.write_bytes(path.read_bytes() + b"\n")
    assert MODULE not in sources.kept(tmp_path, index)
    assert sources.kept(tmp_path, sha256_of(b"nothing")) == {}
