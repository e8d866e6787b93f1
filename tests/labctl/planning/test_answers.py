"""The answer of a plan: thresholds of probability, the worst of several, exit codes."""

from __future__ import annotations

import pytest

from labctl.planning.answers import EXIT_CODES, HOPELESS, SURE, Answer, by_probability, worst


@pytest.mark.parametrize(
    ("p_pass", "answer"),
    [
        (1.0, Answer.ATTAINABLE),
        (SURE, Answer.ATTAINABLE),
        (SURE - 1e-9, Answer.AT_RISK),
        (HOPELESS, Answer.AT_RISK),
        (HOPELESS - 1e-9, Answer.NOT_ATTAINABLE),
        (0.0, Answer.NOT_ATTAINABLE),
    ],
)
def test_the_probability_of_a_pass_decides(p_pass: float, answer: Answer) -> None:
    assert by_probability(p_pass) is answer


def test_the_worst_stands_and_documents_do_not_count() -> None:
    assert worst([Answer.ATTAINABLE, Answer.AT_RISK]) is Answer.AT_RISK
    assert worst([Answer.AT_RISK, Answer.NOT_ATTAINABLE]) is Answer.NOT_ATTAINABLE
    assert worst([Answer.BY_DOCUMENTS, Answer.ATTAINABLE]) is Answer.ATTAINABLE
    assert worst([Answer.BY_DOCUMENTS]) is worst([]) is Answer.BY_DOCUMENTS


def test_every_answer_has_its_exit_code() -> None:
    assert [EXIT_CODES.get(answer, 0) for answer in Answer] == [0, 2, 1, 0]
