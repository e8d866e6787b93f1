"""The folder of a document indicator as its bench."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl import clock
from labctl.catalogue import load
from labctl.errors import BenchError, UsageError
from labctl.labs import SampleRequest
from rigs.dossier import DossierRig
from rigs.opening import open_bench

DOCUMENT = next(indicator for indicator in load().indicators if indicator.evidence == "document").id


def test_simulated_dossier_is_written_and_taken_away_again() -> None:
    async def main() -> Path:
        request = SampleRequest(DOCUMENT, {}, "nominal")
        opened = await open_bench(None, rig=DossierRig, sample=request, seed=1)
        assert opened.simulated
        assert opened.instruments == ()
        assert opened.bench_name == "dossier"
        folder = opened.rig.folder
        assert (folder / "dossier.toml").read_text(encoding="utf-8") == opened.bench_text
        await opened.rig.safe()
        assert dict(opened.rig.roles()) == {}
        await opened.close()
        return folder

    assert not clock.run(main(), virtual=True).exists()


def test_real_dossier_is_not_simulated_and_stays(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text('prepared_by = "Li Wei"\n', encoding="utf-8")

    async def main() -> bool:
        opened = await open_bench(tmp_path, rig=DossierRig, sample=None, seed=1)
        await opened.close()
        return opened.simulated

    assert clock.run(main(), virtual=True) is False
    assert (tmp_path / "dossier.toml").is_file()


def test_dossier_made_by_the_simulation_is_known_as_such(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text('prepared_by = "SIM-Li Wei"\n', encoding="utf-8")

    async def main() -> bool:
        opened = await open_bench(tmp_path, rig=DossierRig, sample=None, seed=1)
        await opened.close()
        return opened.simulated

    assert clock.run(main(), virtual=True)


def test_what_is_no_dossier(tmp_path: Path) -> None:
    async def main(folder: Path | None) -> None:
        await open_bench(folder, rig=DossierRig, sample=None, seed=1)

    with pytest.raises(BenchError, match="no folder"):
        clock.run(main(tmp_path / "nowhere"), virtual=True)
    with pytest.raises(UsageError, match="dossier"):
        clock.run(main(None), virtual=True)
