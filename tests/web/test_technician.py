"""A technician's path in Chromium: from the login to the verdict, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from labctl.runfile import open_run
from labctl.web.audit import Audit
from tests.web.conftest import Console, Seen
from tests.web.serving import PASSWORD

WORDS = {
    "en": {
        "run": "Start the run",
        "answer": "Answer",
        "yes": "Yes",
        "done": "done",
        "pass": "PASS",
    },
    "zh": {"run": "开始运行", "answer": "回答", "yes": "是", "done": "完成", "pass": "合格"},
}


def start(page: Any, indicator: str, word: str) -> str:
    """Start a run of an indicator of the lab; the run's name."""
    page.goto(f"/indicators/console/{indicator}")
    page.locator("button.main", has_text=word).click()
    page.wait_for_url(re.compile(r"/runs/\d"))
    return page.url.rpartition("/")[2]


def asked(page: Any, text: str) -> Any:
    """The form of the prompt with this text, once it is there."""
    form = page.locator("form.prompt", has_text=text)
    form.wait_for()
    return form


@pytest.mark.parametrize(("user", "language"), [("ann", "en"), ("li", "zh")])
def test_from_login_to_the_verdict(
    browse: Callable[..., Any],
    console: Console,
    seen: Seen,
    tmp_path: Path,
    user: str,
    language: str,
) -> None:
    said, page = WORDS[language], browse(user)
    assert page.evaluate("document.documentElement.lang").startswith(language)
    run = start(page, "99.2-01", said["run"])
    answer = said["answer"]

    form = asked(page, "Which colour")
    form.locator("input").fill("clear")
    page.keyboard.press("Enter")

    form = asked(page, "Width")
    form.locator("input").fill("50")
    form.get_by_role("button", name=answer).click()
    form.locator(".why").wait_for()
    assert "20" in form.locator(".why").inner_text()
    form.locator("input").fill("6")
    form.get_by_role("button", name=answer).click()

    form = asked(page, "Which side")
    form.get_by_label("front").check()
    form.get_by_role("button", name=answer).click()

    asked(page, "barcode").locator("input").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("4006381333931")  # a scanner types where the focus happens to be
    page.keyboard.press("Enter")

    form = asked(page, "Photograph")
    Image.new("RGB", (8, 8), "green").save(tmp_path / "strip.png")
    form.locator("input[type=file]").set_input_files(tmp_path / "strip.png")
    form.locator("img").wait_for()
    form.get_by_role("button", name=answer).click()

    form = asked(page, "The door")
    form.get_by_label(said["yes"], exact=True).check()
    form.locator("input[type=text]").fill("bob")
    form.locator("input[type=password]").fill(PASSWORD)
    form.get_by_role("button", name=answer).click()

    page.locator(".run-head .mark", has_text=said["done"]).wait_for()
    assert page.locator("table.rows .mark", has_text=said["pass"]).is_visible()
    [item] = open_run(console.runs / run).items
    values = {one.prompt: (one.said, one.who, one.second) for one in item.answers}
    shown = {"ann": "Ann", "li": "Li"}[user]
    assert values["colour"] == ("clear", shown, "") and values["width"][0] == "6"
    assert values["code"][0] == "4006381333931" and values["door"] == ("yes", shown, "Bob")
    audit = Audit(console.runs.parent / "house", lambda: pytest.fail("nothing is written"))
    acts = [(one.who, one.action) for one in audit.entries() if one.subject == run]
    handed_in = [*["answer"] * 4, "hand in", *["answer"] * 2]
    assert acts[:7] == [(user, action) for action in handed_in]
    assert seen.errors == [] and seen.strangers == []
