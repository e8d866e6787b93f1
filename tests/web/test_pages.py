"""Every page in Chromium: it is drawn, nothing is wrong on it, and its form keeps nobody out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Console, Seen
from tests.web.test_technician import asked, start


def barriers(page: Any) -> list[str]:
    """What axe finds on `page` that is serious or critical: rule and first place."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [
        f"{one['id']} at {one['nodes'][0]['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_pages_are_drawn_without_errors_and_without_barriers(
    browse: Callable[..., Any], seen: Seen
) -> None:
    page = browse("ann")
    found = {"login": _login(page)}
    page.goto("/indicators")
    page.locator("table.indicators tbody tr").first.wait_for()
    page.get_by_label("Look for words or an id").fill("1.1-03")
    page.locator("caption", has_text="1 indicators").wait_for()
    assert "query=1.1-03" in page.url
    page.reload()
    page.locator("caption", has_text="1 indicators").wait_for()
    found["indicators"] = barriers(page)
    page.locator("table.indicators a").first.click()
    page.get_by_role("heading", name="power conversion efficiency").wait_for()
    found["indicator"] = barriers(page)
    for place, text in (("/benches", "No folder"), ("/samples", "Samples"), ("/runs", "Runs")):
        page.goto(place)
        page.get_by_text(text).last.wait_for()
        found[place] = barriers(page)
    start(page, "99.2-02", "Start the run")
    asked(page, "Which colour")
    page.get_by_role("button", name="Emergency").wait_for()
    found["run"] = barriers(page)
    assert {place: rules for place, rules in found.items() if rules} == {}
    assert seen.errors == [] and seen.strangers == []


def _login(page: Any) -> list[str]:
    """The barriers of the page that asks for name and password."""
    page.goto("/login")
    page.locator("input[name=name]").wait_for()
    return barriers(page)


def test_whoever_is_not_logged_in_is_asked_to_and_comes_back(
    chromium: Any, console: Console
) -> None:
    context = chromium.new_context(base_url=console.address, locale="zh-CN")
    page = context.new_page()
    page.goto("/samples")
    page.get_by_role("button", name="登录").wait_for()
    assert page.url.endswith("/login?next=/samples")
    page.fill("input[name=name]", "ann")
    page.fill("input[name=password]", "a wrong password")
    page.keyboard.press("Enter")
    page.get_by_text("用户名或密码不正确").wait_for()
    context.close()


def test_the_language_is_switched_for_the_user_and_stays(browse: Callable[..., Any]) -> None:
    page = browse("bob")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="运行").wait_for()
    page.goto("/indicators")
    page.get_by_role("heading", name="指标").wait_for()
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Indicators").wait_for()
