from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from labctl.testing import measuring
from labctl.testing.measuring import Device, laboratory, measured
from labctl.verdict import Outcome
from tests.labctl.fakelab import INDICATOR, FakeLab, measure

MANY = [msgspec.structs.replace(INDICATOR, id=f"1.1-{n}") for n in (90, 91)]


def test_a_run_with_its_records_and_its_bench(tmp_path: Path) -> None:
    bound = FakeLab(bench_text='name = "seen"\n').bound(measure)
    found = measured(MANY, Device(dut="failing", seed=3), tmp_path, resolve=lambda _: bound)
    assert [(one.id, one.verdict.outcome) for one in found.items] == [
        ("1.1-90", Outcome.FAIL),
        ("1.1-91", Outcome.FAIL),
    ]
    assert found.path.parent == tmp_path and found.seconds > 0.0
    assert found.bench_text() == 'name = "seen"\n'
    assert [laboratory(one) for one in found.records()] == pytest.approx([3600.0] * 2, rel=1e-3)


def test_the_time_of_an_item_that_erred_is_that_of_its_steps(tmp_path: Path) -> None:
    bound = FakeLab().bound(measure)
    found = measured([INDICATOR], Device(), tmp_path, resolve=lambda _: bound)
    [record] = found.records()
    erred = replace(record, provenance=None)
    assert laboratory(erred) == pytest.approx(3600.0, rel=1e-3)
    assert laboratory(replace(erred, steps=())) == 0.0


def test_a_bench_text_takes_the_place_of_the_rigs_own(tmp_path: Path) -> None:
    lab = FakeLab()
    seen: list[str] = []

    async def opened(bench: Path | None, **more: object):
        assert bench is not None
        seen.append(bench.read_text(encoding="utf-8"))
        return await lab.open(bench, **more)  # type: ignore[arg-type]

    plain = lab.bound(measure)
    bound = replace(plain, lab=replace(plain.lab, open_bench=opened))  # type: ignore[arg-type]
    measured([INDICATOR], Device(bench='name = "x"\n'), tmp_path, resolve=lambda _: bound)
    assert seen == ['name = "x"\n']


def test_an_interrupt_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute = measuring.execute

    def interrupted(*words: object):
        return replace(execute(*words), interrupted=True)  # type: ignore[arg-type]

    monkeypatch.setattr(measuring, "execute", interrupted)
    with pytest.raises(KeyboardInterrupt):
        measured([INDICATOR], Device(), tmp_path, resolve=lambda _: FakeLab().bound(measure))
