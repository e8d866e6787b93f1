from __future__ import annotations

from labctl import clock
from labctl.requests import Progress
from labctl.viewer import ItemViewer


def test_a_viewer_is_told_first_and_last_and_not_more_than_an_eye_sees() -> None:
    seen: list[Progress] = []

    async def main() -> None:
        viewer = ItemViewer(seen.append, "1.1-03", 0, 1)
        viewer(0.0, "begin", "")
        for index in range(1, 10_000):
            viewer(index / 10_000, "on", "")
        viewer(1.0, "end", "v 1 V")

    clock.run(main(), virtual=True)
    assert (seen[0].text, seen[-1].text, seen[-1].reading) == ("begin", "end", "v 1 V")
    assert len(seen) < 1000


def test_nobody_may_watch() -> None:
    ItemViewer(None, "1.1-03", 0, 1)(0.5, "", "")
