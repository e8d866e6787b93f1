"""The API against its own description, by schemathesis: no failure of ours, answers as described.

Examples are derandomised and few. What would start processes is tried elsewhere.
"""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from labctl.web.house import House
from tests.labctl.web.houses import ORIGIN, PASSWORD, Browser, somebody

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
ELSEWHERE = {("POST", "/api/v1/login"), ("POST", "/api/v1/logout"), ("PUT", "/api/v1/me/password")}
"""Operations that would end the session."""

PARTS = ("params", "json", "data", "headers")
EXAMPLES = 3


def test_the_api_answers_as_it_describes(house: House) -> None:
    house.accounts.add("second", house.accounts.all()[0].role, PASSWORD)
    user = house.accounts.find("administrator")
    assert user is not None
    _, secret = house.tokens.make(user, "test", 3600, user.role)
    browser = somebody(house, token=secret)
    schema = schemathesis.openapi.from_dict(browser.get("/openapi.json").json())
    tried = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if (operation.method.upper(), operation.full_path) in ELSEWHERE:
            continue
        tried += 1

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        )
        @given(case=operation.as_strategy())
        def one(case: schemathesis.Case) -> None:
            sent = case.as_transport_kwargs(base_url=ORIGIN)
            method, url = sent.pop("method"), sent.pop("url").removeprefix(ORIGIN)
            known = {key: sent[key] for key in PARTS if sent.get(key) is not None}
            if "data" in known:
                known["content"] = known.pop("data")
            case.validate_response(browser.ask(method, f"/{url}", **known), checks=CHECKS)

        one()
    assert tried > 30


def test_the_description_needs_nobody_and_names_every_path(house: House) -> None:
    described = Browser(somebody(house).app).get("/openapi.json").json()
    paths = described["paths"]
    for path in ("/runs", "/runs/{run}/watch", "/runs/{run}/prompts/{id}", "/audit"):
        assert f"/api/v1{path}" in paths
    assert described["components"]["schemas"]["ProblemDocument"]
