from __future__ import annotations

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.notices.message import Message, message
from labctl.notices.shapes import cut, payload, refusal, signed, unknown_names
from labctl.words import Text
from tests.labctl.notices.people import notice

MESSAGE = Message("s", "5 < 6 & 7 > 6", {"text": 'he said "no"', "kind": "hold"})


def test_wecom() -> None:
    found = payload("wecom", MESSAGE, ("@all", "ann", "13800000000"), None)
    assert found == {
        "msgtype": "text",
        "text": {
            "content": MESSAGE.text,
            "mentioned_list": ["@all", "ann"],
            "mentioned_mobile_list": ["13800000000"],
        },
    }
    assert payload("wecom", MESSAGE, (), None)["text"] == {"content": MESSAGE.text}


def test_wecom_takes_two_kilobytes() -> None:
    long = Message("s", "电" * 1000, {})
    content = payload("wecom", long, (), None)["text"]["content"]
    assert len(content.encode("utf-8")) <= 2048
    assert content.endswith("…")


def test_dingtalk() -> None:
    found = payload("dingtalk", MESSAGE, ("13800000000", "ann", "@all"), None)
    assert found["msgtype"] == "text"
    assert found["text"]["content"] == MESSAGE.text + "\n@13800000000 @ann"
    assert found["at"] == {"atMobiles": ["13800000000"], "atUserIds": ["ann"], "isAtAll": True}


def test_the_signature_of_dingtalk() -> None:
    secret, utc = "SECthis is secret", 1767225600.1234
    url = signed("https://h/robot/send?access_token=x", secret, utc)
    query = parse_qs(urlsplit(url).query)
    assert query["timestamp"] == ["1767225600123"]
    key = b"1767225600123\nSECthis is secret"
    wanted = base64.b64encode(hmac.new(secret.encode(), key, hashlib.sha256).digest()).decode()
    assert query["sign"] == [wanted]


def test_a_signature_that_was_computed_elsewhere() -> None:
    # printf '1577262236757\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary
    url = signed("https://h/", "this is secret", 1577262236.757)
    sign = "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"
    assert url == f"https://h/?timestamp=1577262236757&sign={sign}"


def test_slack_escapes_its_three_characters() -> None:
    found = payload("slack", MESSAGE, ("@all", "U1"), None)
    assert found == {"text": "<!channel> <@U1> 5 &lt; 6 &amp; 7 &gt; 6"}


def test_a_template_stays_json_whatever_is_filled_in() -> None:
    template = {"a": ["{kind}: {text}", 3], "b": {"c": "{text}"}}
    found = payload("template", MESSAGE, (), template)
    assert json.loads(json.dumps(found)) == {
        "a": ['hold: he said "no"', 3],
        "b": {"c": 'he said "no"'},
    }


def test_names_that_nothing_is_known_by() -> None:
    assert unknown_names({"a": "{text} {colour}"}) == ["colour"]
    assert unknown_names(None) == []


@pytest.mark.parametrize(
    ("shape", "answer", "refused", "final"),
    [
        ("wecom", '{"errcode":0,"errmsg":"ok"}', "", False),
        ("wecom", '{"errcode":93000,"errmsg":"invalid webhook url"}', "93000", True),
        ("wecom", '{"errcode":45009,"errmsg":"api freq out of limit"}', "45009", False),
        ("dingtalk", '{"errcode":310000,"errmsg":"sign not match"}', "sign not match", True),
        ("dingtalk", '{"errcode":130101,"errmsg":"send too fast"}', "too fast", False),
        ("dingtalk", "<html>captive portal</html>", "no answer of dingtalk", False),
        ("slack", "ok", "", False),
        ("slack", "invalid_payload", "invalid_payload", True),
        ("template", "anything", "", False),
    ],
)
def test_what_answers_mean(shape: str, answer: str, refused: str, final: bool) -> None:
    text, for_good = refusal(shape, answer)  # type: ignore[arg-type]
    assert (refused in text, bool(text), for_good) == (True, bool(refused), final)


@given(st.text(), st.integers(3, 40))
def test_cut_never_breaks_a_character(text: str, size: int) -> None:
    found = cut(text, size)
    assert len(found.encode("utf-8", "surrogatepass")) <= size or found == text
    assert text.startswith(found.removesuffix("…")) or found == text


def test_a_message_in_both_languages() -> None:
    held = notice("hold", Text("An exposure was interrupted for {gap} s at once, of which {most} "
                               "s are tolerated.", {"gap": "3", "most": "1"}))  # fmt: skip
    english = message(held, "run-1", "en", times=3, escalated=True)
    assert english.subject == "labctl: The run is held · 1.1-03 · run-1"
    for part in ("3 s at once", "2026-01-01 00:00:00 UTC", "3 times", "Nobody has acknowledged"):
        assert part in english.text
    chinese = message(held, "run-1", "zh")
    assert "运行已暂停保持" in chinese.subject
    assert "s at once" not in chinese.text and "times" not in chinese.text
    assert english.parts["kind"] == chinese.parts["kind"] == "hold"
