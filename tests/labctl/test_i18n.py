from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labctl import i18n
from labctl.i18n import LOCALE, _, from_locale, language_of, read_po, using
from labctl.judging.outcome import CHINESE
from labctl.locale.extract import in_python, in_template, messages, quoted, written
from labctl.report.wording import word

ZH = LOCALE / "zh_CN" / "LC_MESSAGES" / "labctl.po"
UNTRANSLATED = {"Python"}
"""Names that stay as they are."""


def catalogue() -> dict[str, str]:
    return read_po(ZH.read_text(encoding="utf-8"))


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_message_has_a_chinese_translation() -> None:
    known = catalogue()
    assert [message for message in messages() if not known.get(message)] == []


def test_no_translation_is_left_over() -> None:
    used = messages()
    assert [message for message in catalogue() if message not in used] == []


def test_the_template_is_up_to_date() -> None:
    text = (LOCALE / "labctl.pot").read_text(encoding="utf-8")
    assert text == written(messages(), {}, ""), "python -m labctl.locale.extract"


def test_translations_keep_their_fields() -> None:
    odd = {m: t for m, t in catalogue().items() if fields(m) != fields(t)}
    assert odd == {}


def test_translations_are_chinese() -> None:
    plain = {
        message
        for message, text in catalogue().items()
        if not re.search(r"[\u4e00-\u9fff]", text)
        and re.search(r"[a-z]{3}", re.sub(r"{\w+}", "", text))
    }
    assert plain <= UNTRANSLATED


def test_babel_reads_the_catalogue_as_we_do() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    with ZH.open("rb") as file:
        read = {m.id: m.string for m in pofile.read_po(file, locale="zh_CN") if m.id}
    assert read == catalogue()


@pytest.mark.parametrize("outcome", CHINESE)
def test_outcomes_have_the_fixed_wording(outcome: str) -> None:
    with using("zh"):
        assert word(outcome) == CHINESE[outcome]  # type: ignore[index]
    assert word(outcome) == outcome


def test_the_language_holds_inside_the_block_only() -> None:
    with using("zh"):
        assert _("Verdict") == "判定"
        with using("en"):
            assert _("Verdict") == "Verdict"
        assert i18n.current() == "zh"
    assert i18n.current() == "en"


def test_an_unknown_message_stays_as_it_is() -> None:
    with using("zh"):
        assert i18n.translations("zh").gettext("no such message") == "no such message"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides(environ: dict[str, str], language: str) -> None:
    assert from_locale(environ) == language


def test_windows_names_are_known() -> None:
    assert language_of("Chinese (Simplified)_China.936") == "zh"
    assert language_of("English_United States") == "en"


@settings(derandomize=True, max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1),
        st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1),
    )
)
def test_a_written_catalogue_reads_back(entries: dict[str, str]) -> None:
    assert read_po(written({message: {"a.py"} for message in entries}, entries, "zh_CN")) == entries


def test_continued_lines_and_escapes_are_read() -> None:
    text = 'msgid ""\n"a\\n"\n"\\"b\\\\"\nmsgstr "c\\\\n"\n#~ msgid "old"\n#~ msgstr "alt"\n'
    assert read_po(text) == {'a\n"b\\': "c\\n"}
    assert quoted('a\n"b\\') == '"a\\n\\"b\\\\"'


def test_messages_are_found_in_code_and_templates() -> None:
    assert list(in_python('_("a"); N_("b" "c"); f("d"); _(x)')) == ["a", "bc"]
    assert list(in_template('{{ _("a").format(x=1) }}{% if y %}{{ _("b") }}{% endif %}')) == [
        "a",
        "b",
    ]
