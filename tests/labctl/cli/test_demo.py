from __future__ import annotations

from labctl import catalogue
from labctl.cli.demo import DIRECTION, chosen


def test_every_measurement_and_one_document_are_chosen() -> None:
    indicators = catalogue.load().select(DIRECTION)
    documents = [i.id for i in indicators if i.evidence == "document"]
    served = dict.fromkeys(["1.1-03", "1.1-04", *documents], "procedure")
    found = [indicator.id for indicator in chosen(indicators, served)]
    assert found == ["1.1-03", "1.1-04", documents[0]]


def test_nothing_served_is_nothing_chosen() -> None:
    assert chosen(catalogue.load().select(DIRECTION), {}) == ()
