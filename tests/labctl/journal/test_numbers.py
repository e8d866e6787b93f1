"""Numbers of what is kept in a journal once."""

from __future__ import annotations

from labctl.evidence import Accuracy
from labctl.journal.numbers import SEEN, Numbers
from labctl.journal.opening import EMPTY


def line(gain: float = 1e-4) -> Accuracy:
    return Accuracy("DCV", 2.0, "V", gain, 3e-5, "manual, table 3")


def test_a_data_sheet_line_has_one_number_whichever_object_tells_it() -> None:
    rows: list[tuple[str, object]] = []
    numbers = Numbers(EMPTY, lambda table, row: rows.append((table, row[0])))
    same, other = line(), line(2e-4)
    told = [same, line(), other, same, line(2e-4)]
    assert [numbers.accuracy(one) for one in told] == [1, 1, 2, 1, 2]
    assert rows == [("accuracies", 1), ("accuracies", 2)]


def test_lines_that_are_made_for_each_reading_keep_their_numbers() -> None:
    rows: list[object] = []
    numbers = Numbers(EMPTY, lambda table, row: rows.append(row[0]))
    found = [numbers.accuracy(line(1e-4 * (1 + index % 3))) for index in range(3 * SEEN)]
    assert found == [1, 2, 3] * SEEN
    assert rows == [1, 2, 3]
