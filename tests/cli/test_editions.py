"""``ally base``: from an empty folder to a base that was fetched; what is refused."""

from __future__ import annotations

import http.server
import json
import logging
import re
import shutil
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trustme

from bot.cli.doctor import editions as bot_editions
from bot.knowledge import edition
from bot.knowledge.edition import written
from bot.knowledge.reader import read_base
from bot.runtime import places
from bot.runtime.exit_code import ExitCode
from tests.cli.running import Ran, ran
from tests.support.bases import TODAY, egg_war

ACTIONS = ("key", "build", "fetch", "list", "back")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


@dataclass(frozen=True)
class Place:
    """An operator's folder, and a web server for editions."""

    published: Path
    url: str
    secret: Path

    def publish(self, number: int, secret: str | None = None) -> bytes:
        """Put an edition of the eggs' war where it can be fetched."""
        base = read_base(Path("eggs"), TODAY)
        key = secret or self.secret.read_text(encoding="ascii").strip()
        data = written(base, {}, number=number, made=TODAY, secret=key)
        (self.published / "ally.edition").write_bytes(data)
        return data

    def fetch(self, *more: str) -> Ran:
        return ran("base", "fetch", self.url, "--this-machine", *more)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    published, own = tmp_path / "published", tmp_path / "own"
    published.mkdir()
    own.mkdir()
    egg_war(own / "eggs")
    monkeypatch.chdir(own)
    for name in ("ALLY_DATA", "ALLY_STATE", "ALLY_BASE_KEY", "ALLY_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    authority: Any = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    handler = partial(Quiet, directory=str(published))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    url = f"https://localhost:{server.server_address[1]}/ally.edition"
    yield Place(published, url, own / "ally.secret")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def operator(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An operator who has the public key."""
    public = ran("base", "key", str(place.secret)).out
    monkeypatch.setenv("ALLY_BASE_KEY", public.strip().partition("=")[2])
    return place


def asked(name: str) -> Ran:
    return ran("ask", name)


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_has_help_with_an_example(action: str) -> None:
    help_of_it = ran("base", action, "--help")
    assert help_of_it.status == ExitCode.OK
    assert f"ally base {action}" in help_of_it.out.splitlines()[-1]


def test_a_base_is_built_published_fetched_and_answers(operator: Place) -> None:
    assert asked("laputa").status != ExitCode.OK
    target = str(operator.published / "ally.edition")
    built = ran("base", "build", "eggs", target, "--key", str(operator.secret))
    assert built.status == ExitCode.OK, built.err
    done = operator.fetch()
    assert done.status == ExitCode.OK, done.err
    assert "edition 202611261200 of egg-war" in done.err
    assert "Laputa" in asked("laputa").out
    listed = ran("base", "list").out.splitlines()
    assert listed[0].endswith(": answers")
    assert listed[-1].startswith("the base that came with Ally")
    assert listed[-1].endswith(": the one before")


def test_going_back_and_forward_changes_who_answers(operator: Place) -> None:
    operator.publish(1)
    operator.fetch()
    assert ran("base", "back").err == (
        "From now on answers the base that came with Ally.\n"
    )
    assert asked("laputa").status != ExitCode.OK
    assert ran("base", "back").err == "From now on answers edition 1.\n"
    assert asked("laputa").status == ExitCode.OK


def test_nothing_newer_is_no_failure(operator: Place) -> None:
    operator.publish(1)
    operator.fetch()
    again = operator.fetch()
    assert (again.status, again.out) == (ExitCode.OK, "")
    assert again.err == "There is no newer edition: 1 was here already.\n"


def test_a_forged_a_truncated_and_an_older_one_are_refused(operator: Place) -> None:
    operator.publish(5)
    operator.fetch()
    file = operator.published / "ally.edition"
    operator.publish(6, "22" * 32)
    forged = operator.fetch()
    file.write_bytes(operator.publish(6)[:-9])
    truncated = operator.fetch()
    operator.publish(4)
    older = operator.fetch()
    for done, why in (
        (forged, "not signed by the key"),
        (truncated, "cut short"),
        (older, "older than 5"),
    ):
        assert done.status == ExitCode.FAILED
        assert why in done.err
        assert done.err.endswith("Nothing has changed.\n")
        assert "edition 5 " in ran("base", "list").out.splitlines()[0]
    assert operator.fetch("--allow-older").status == ExitCode.OK
    assert "edition 5 " in ran("base", "list").out
    assert ran("base", "back").err == "From now on answers edition 5.\n"


def test_what_is_not_there_is_said_with_the_status_of_what_may_pass(
    operator: Place,
) -> None:
    gone = operator.fetch()
    assert gone.status == ExitCode.UNAVAILABLE
    assert "status 404" in gone.err
    private = ran("base", "fetch", operator.url)
    assert private.status == ExitCode.UNAVAILABLE


def test_without_a_key_or_address_or_with_own_files_it_says_what_to_do(
    operator: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = ran("base", "fetch")
    assert nowhere.status == ExitCode.USAGE
    assert "ALLY_BASE_URL" in nowhere.err
    for words in (["fetch", operator.url], ["back"]):
        own = ran("--data", "eggs", "base", *words)
        assert own.status == ExitCode.CONFIG
        assert "--data" in own.err
    monkeypatch.delenv("ALLY_BASE_KEY")
    for words in (["fetch", operator.url], ["back"]):
        assert "ALLY_BASE_KEY" in ran("base", *words).err
    assert "ALLY_BASE_KEY" in ran("base", "list").out


def test_a_secret_is_written_once_for_its_owner_and_is_never_shown(
    place: Place,
) -> None:
    first, again = (ran("base", "key", str(place.secret)) for _ in range(2))
    secret = place.secret.read_text(encoding="ascii").strip()
    assert first.out == again.out
    assert "left as it is" in again.err
    assert secret not in first.out + first.err + again.out + again.err
    assert place.secret.stat().st_mode & 0o077 == 0
    shutil.copy("eggs/conflict.yaml", "no.secret")
    wrong = ran("base", "build", "eggs", "out", "--key", "no.secret")
    assert wrong.status == ExitCode.FAILED
    assert "no secret key" in wrong.err
    assert not Path("out").exists()


def test_a_base_with_problems_makes_no_edition(operator: Place) -> None:
    Path("eggs/votes/egg-1.yaml").unlink()
    words = ["base", "build", "eggs", "out", "--key", str(operator.secret)]
    assert ran(*words).status == ExitCode.CONFIG
    assert not Path("out").exists()


@pytest.fixture
def own_logs() -> Iterator[None]:
    """The doctor quietens the logs of its process."""
    levels = {name: logging.getLogger(name).level for name in ("bot", "discord")}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def doctors() -> dict[str, str]:
    """What the doctor says of editions; it finds no token, and that is all right."""
    findings = json.loads(ran("doctor", "--json").out)
    [finding] = [each for each in findings if each["name"] == "edition"]
    return finding


@pytest.mark.usefixtures("own_logs")
def test_the_doctor_says_which_edition_answers_and_whether_a_newer_is_there(
    operator: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "none" in doctors()["seen"]
    operator.publish(1)
    operator.fetch()
    assert doctors()["seen"] == "1 answers"
    monkeypatch.setenv("ALLY_BASE_URL", operator.url)
    private = doctors()
    assert private["grade"] == "note"
    assert "cannot be taken" in private["seen"]
    real = bot_editions.EditionSource
    monkeypatch.setattr(bot_editions, "EditionSource", partial(real, this_machine=True))
    assert doctors()["seen"] == "1 answers; none newer is to be had"
    operator.publish(2)
    newer = doctors()
    assert (newer["grade"], newer["advice"]) == ("note", "ally base fetch")
    assert newer["seen"] == "1 answers; 2 is to be had"
    next(Path(".ally/editions").glob("1-*/edition")).write_bytes(b"")
    assert doctors()["grade"] == "wrong"


def shipped_with(monkeypatch: pytest.MonkeyPatch, reviewed: str) -> None:
    """An upgrade of Ally, whose own base was reviewed on another day."""
    for file in (Path("eggs") / "countries").iterdir():
        text = file.read_text(encoding="utf-8")
        changed = re.sub(r"reviewed: \S+", f"reviewed: {reviewed}", text)
        assert changed != text
        file.write_text(changed, encoding="utf-8")
    monkeypatch.setattr(places, "shipped_data", lambda: Path("eggs"))


@pytest.mark.usefixtures("own_logs")
def test_after_an_upgrade_the_newer_of_edition_and_programs_base_answers(
    operator: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.publish(1)
    operator.fetch()
    shipped_with(monkeypatch, "2020-07-01")
    shipped = read_base(Path("eggs"), TODAY).revision
    assert json.loads(ran("ask", "laputa", "--json").out)["revision"] == shipped
    finding = doctors()
    assert finding["grade"] == "ok"
    assert finding["seen"] == (
        "1 is older than the base that came with Ally, which answers"
    )
    # Going back and forward says who answers, not who was chosen.
    ran("base", "back")
    assert "is newer, and answers" in ran("base", "back").err
    operator.publish(2)
    assert "From now on answers edition 2" in operator.fetch().err
    assert doctors()["seen"] == "2 answers"


@pytest.mark.usefixtures("own_logs")
def test_an_edition_whose_form_is_no_longer_read_lets_the_programs_base_answer(
    operator: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.publish(1)
    operator.fetch()
    assert asked("laputa").status == ExitCode.OK
    monkeypatch.setattr(edition, "SCHEMA", edition.SCHEMA + 1)
    assert asked("laputa").status != ExitCode.OK
    assert asked("belarus").status == ExitCode.OK
    finding = doctors()
    assert finding["grade"] == "wrong"
    assert "1 cannot be used: its documents have form 1" in finding["seen"]
    assert finding["seen"].endswith("; the base that came with Ally answers")
