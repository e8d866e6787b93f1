"""Who may let a report go out, and what voids it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from labctl import manifest, register
from labctl.acceptance.authorisation import FILE, read
from labctl.acceptance.authorising import authorise, item_refusals, refusals
from labctl.acceptance.standing import standing
from labctl.errors import JournalError, UsageError
from labctl.keys import make as make_key
from labctl.keys.keylist import Listed, trust
from labctl.record import RunRecorder
from labctl.runfile import open_run
from labctl.runfolder import RunFolder
from labctl.verification import verify_all, verify_run
from tests.labctl.fakelab import FakeLab, request
from tests.labctl.verification.done import alter

from .real import real_run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a real run; keys lie in the test's own folder."""
    monkeypatch.setattr("labctl.keys.private.folder", lambda: tmp_path / "keys")
    monkeypatch.setenv("LABCTL_KEYS", str(tmp_path / "keys.toml"))
    return real_run(tmp_path / "runs").path


def amended(run: Path) -> None:
    """Go on writing the journal as an amendment does, and close it again."""
    began = manifest.read(run).started
    recorder = RunRecorder(RunFolder(run), request(run.parent), started=began)
    recorder.journal.event(1, "remark", "later")
    recorder.end(whole=True)


def test_an_authorisation_is_a_file_and_an_entry_of_the_register(run: Path) -> None:
    assert standing(run).state == "draft"
    given, entry = authorise(run, " Chen Li ", "released")
    assert standing(run).authorised and read(run) == (given,)
    assert (given.by, given.run, given.items[0].outcome) == ("Chen Li", run.name, "PASS")
    assert entry == register.entries(run.parent)[-1]
    assert (entry.event, entry.number, entry.authorisation) == ("authorised", 3, given.sha256)
    assert verify_run(run).ok and verify_all(run.parent).exit_code == 0


def test_a_simulated_run_is_refused(tmp_path: Path) -> None:
    simulated = real_run(tmp_path / "runs", lab=FakeLab())
    with pytest.raises(UsageError, match="simulated"):
        authorise(simulated.path, "Chen Li", "")
    assert not (simulated.path / FILE).exists()


def test_what_else_is_refused(run: Path) -> None:
    record = open_run(run)
    item = record.items[0]
    assert item.verdict is not None and refusals(record) == []
    for change, why in (
        ({"reevaluation": True}, "it is a re-evaluation"),
        ({"warnings": ("due",)}, "it stands under a warning"),
        ({"simulated": True}, "it was simulated"),
    ):
        verdict = msgspec.structs.replace(item.verdict, **change)
        other = type(item)(**{**vars(item), "verdict": verdict})
        assert list(item_refusals(other)) == [why]
    assert list(item_refusals(type(item)(**{**vars(item), "verdict": None}))) == [
        "it has no verdict"
    ]
    with pytest.raises(UsageError, match="needs a name"):
        authorise(run, " ", "")


def test_a_failing_run_is_authorised_as_what_it_is(tmp_path: Path) -> None:
    given, _ = authorise(real_run(tmp_path / "runs", 80.0).path, "Chen Li", "")
    assert given.items[0].outcome == "FAIL"


def test_a_changed_run_is_refused(run: Path) -> None:
    alter(run, "UPDATE readings SET value = 5")
    with pytest.raises(JournalError, match="not whole"):
        authorise(run, "Chen Li", "")


def test_an_amendment_voids_it_without_blame_and_it_can_be_given_again(run: Path) -> None:
    authorise(run, "Chen Li", "")
    amended(run)
    assert standing(run).why == ("the run was amended after it was authorised",)
    report = verify_run(run)
    assert report.ok and any("amended" in text for text in report.remarks)
    authorise(run, "Chen Li", "")
    assert standing(run).authorised and len(read(run)) == 2


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("by", "Somebody Else", "the register of runs does not know"),
        ("head", "00" * 32, "the journal was changed"),
        ("items", [], "the verdicts are not those"),
        ("run", "another", "of another run"),
    ],
)
def test_any_altered_byte_of_it_is_told(run: Path, field: str, value: object, why: str) -> None:
    authorise(run, "Chen Li", "")
    document = json.loads((run / FILE).read_text(encoding="utf-8"))
    document["authorisations"][0][field] = value
    (run / FILE).write_text(json.dumps(document), encoding="utf-8")
    assert any(why in text for text in standing(run).why)
    assert any(why in problem.text for problem in verify_run(run).problems)


def test_one_that_is_removed_or_unreadable_is_told(run: Path) -> None:
    authorise(run, "Chen Li", "")
    (run / FILE).write_text("{", encoding="utf-8")
    assert any("no authorisation" in problem.text for problem in verify_run(run).problems)
    (run / FILE).unlink()
    assert [problem.kind for problem in verify_run(run).problems] == ["missing"]


def test_a_key_signs_and_a_list_of_authorisers_binds(run: Path, tmp_path: Path) -> None:
    signer, other = make_key("chen.li"), make_key("wang")
    given, _ = authorise(run, "Chen Li", "", signer)
    assert given.fits and standing(run).authorised
    trust(tmp_path / "keys.toml", Listed("chen.li", "authoriser", signer.public, "2000-01-01"))
    assert standing(run).authorised
    with pytest.raises(UsageError, match="its key is not that of an authoriser"):
        authorise(run, "Wang", "", other)
    with pytest.raises(UsageError, match="it is not signed"):
        authorise(run, "Wang", "")
    assert read(run) == (given,)


def test_one_without_a_key_is_void_where_authorisers_are_listed(run: Path, tmp_path: Path) -> None:
    authorise(run, "Wang", "")
    signer = make_key("chen.li")
    trust(tmp_path / "keys.toml", Listed("chen.li", "authoriser", signer.public, "2000-01-01"))
    assert standing(run).why == ("it is not signed, and the lab's list names authorisers",)
    authorise(run, "Chen Li", "", signer)
    assert standing(run).authorised


def test_a_signature_that_does_not_fit_is_told(run: Path) -> None:
    given, _ = authorise(run, "Chen Li", "", make_key("chen.li"))
    assert not msgspec.structs.replace(given, statement="other").fits
    assert not msgspec.structs.replace(given, signature="no base64").fits
