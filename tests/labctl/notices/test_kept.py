from __future__ import annotations

from pathlib import Path

from labctl.notices import kept
from labctl.notices.listing import missing, undelivered
from tests.labctl.notices.people import ANN, BOSS, config, notice


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / kept.FILE
    written: list[kept.Row] = [
        kept.Accepted(0, notice(), 2),
        kept.Repeated(notice()),
        kept.Failed(0, "ann", "busy", False, "t"),
        kept.Told(0, "ann", "ok", "t"),
        kept.Failed(0, "boss", "gone", True, "t"),
        kept.Acknowledged((0,), "ann", "t"),
    ]
    for row in written:
        kept.append(file, row)
    assert kept.rows(file) == written
    (story,) = kept.stories(written)
    assert (story.told, story.failed, story.tried) == ({"ann": "ok"}, {"boss": "gone"}, {})
    assert (story.acknowledged, story.times) == ("ann", 2)


def test_no_file_and_a_cut_one(tmp_path: Path) -> None:
    file = tmp_path / kept.FILE
    kept.mend(file)
    assert kept.rows(file) == [] and not file.exists()
    kept.append(file, kept.Accepted(0, notice()))
    kept.append(file, kept.Accepted(1, notice("trip")))
    file.write_bytes(file.read_bytes()[:-7])
    kept.mend(file)
    kept.mend(file)
    kept.append(file, kept.Told(0, "ann", "ok", "t"))
    kept.append(file, kept.Told(1, "ann", "ok", "t"))  # of a notice that was lost
    (story,) = kept.stories(kept.rows(file))
    assert story.told == {"ann": "ok"}


def test_who_was_not_told() -> None:
    known = config(ANN, BOSS)
    rows: list[kept.Row] = [
        kept.Accepted(0, notice()),
        kept.Accepted(1, notice("trip")),
        kept.Failed(1, "ann", "busy", False, "t"),
        kept.Accepted(2, notice("prompt")),
        kept.Acknowledged((2,), "bob", "t"),
    ]
    first, second, third = kept.stories(rows)
    assert missing(first, known) == {"ann": "not tried yet"}
    assert missing(second, known) == {"ann": "busy"}
    assert missing(third, known) == {}
    assert len(list(undelivered((first, second, third), known))) == 2
