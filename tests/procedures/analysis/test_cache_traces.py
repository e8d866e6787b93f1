from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from labctl.errors import BenchError
from procedures.analysis.cache_traces import ACCESSES, LARGEST, CacheTrace, imported, synthetic


def test_the_same_numbers_give_the_same_trace() -> None:
    one = synthetic(3, 1, sized=True)
    assert one == synthetic(3, 1, sized=True)
    assert one.keys != synthetic(3, 2, sized=True).keys != synthetic(4, 2, sized=True).keys
    assert synthetic(-3, 1, sized=False).sizes == (1,) * ACCESSES


def test_one_time_accesses_are_told_by_content_and_a_quarter_and_the_scans() -> None:
    shares, apart = list[float](), list[float]()
    for number in range(6):
        trace = synthetic(1, number, sized=True)
        once = np.array(trace.one_time())
        features = np.array(trace.features)
        shares.append(float(once.mean()))
        first = np.unique(trace.keys, return_index=True)[1]
        again = np.array([at for at in first.tolist() if not once[at]])
        apart.append(float(features[once].mean() - features[again].mean()))
        assert min(trace.sizes) >= 1 and max(trace.sizes) <= LARGEST
        described = {(k, s, f) for k, s, f in zip(*_columns(trace), strict=True)}
        assert len(described) == len(set(trace.keys))
    scans = 1.0 - (1.0 - 100 / 4900) ** 4  # places may fall into two scans
    assert np.mean(shares) == pytest.approx(0.25 + 0.75 * scans, abs=0.01)
    assert np.mean(apart) == pytest.approx(3.0, abs=0.1)


def _columns(trace: CacheTrace) -> tuple[tuple[str, ...], tuple[int, ...], tuple[float, ...]]:
    return trace.keys, trace.sizes, trace.features


def test_popularity_follows_zipf_and_moves() -> None:
    trace = synthetic(2, 0, sized=False)
    wanted = Counter(trace.keys).most_common()
    assert wanted[0][1] > 5 * wanted[40][1] > 0
    early, late = (Counter(trace.keys[part]) for part in (slice(0, 1250), slice(3750, None)))
    assert {key for key, _ in early.most_common(20)} != {key for key, _ in late.most_common(20)}


def test_blocks_are_the_whole_trace() -> None:
    trace = synthetic(2, 0, sized=False)
    blocks = list(trace.blocks(64))
    assert [len(one.keys) for one in blocks[:-1]] == [64] * (len(blocks) - 1)
    assert tuple(key for one in blocks for key in one.keys) == trace.keys


LINES = ["time,object,bytes,score", "0,a b,10,0.5", "1,c:d,20,1.5", "2,a b,10,0.5"]


def test_a_trace_from_a_file() -> None:
    trace = imported(LINES, "object", "bytes", "score")
    assert trace == CacheTrace(("0", "1", "0"), (10, 20, 10), (0.5, 1.5, 0.5))
    assert imported(LINES, "object") == CacheTrace(("0", "1", "0"), (1, 1, 1), (0.0, 0.0, 0.0))
    assert trace.one_time() == (False, True, False)


@pytest.mark.parametrize(
    ("lines", "columns", "says"),
    [
        (LINES, ("key",), "no column 'key'"),
        (LINES, ("object", "score"), "line 2"),
        ([LINES[0], "0,a,0,1"], ("object", "bytes"), "size or feature"),
        ([LINES[0], "0,a,1,nan"], ("object", "bytes", "score"), "size or feature"),
        ([LINES[0]], ("object",), "no accesses"),
        ([], ("object",), "no column"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    lines: list[str], columns: tuple[str, ...], says: str
) -> None:
    with pytest.raises(BenchError, match=says) as caught:
        imported(lines, *columns)
    assert caught.value.remedy
