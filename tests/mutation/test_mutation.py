"""The mutation run finds the faults that weak tests leave, and only those."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from tests.mutation import idleness
from tests.mutation.__main__ import samples, untried
from tests.mutation.children import FailedError
from tests.mutation.kept import Kept
from tests.mutation.mutants import Key, Mutant, mutants_of
from tests.mutation.reach import Reach, reach_of
from tests.mutation.report import explained, markdown, stale, unexplained
from tests.mutation.rooms import ROOMS, Room
from tests.mutation.trials import Outcome, Trial, prove, trials

ROOT = Path(__file__).resolve().parent.parent.parent

FARE = '''\
"""A foreign module."""

def fare(age):
    """What a ride costs."""
    if age < 6:
        return 0
    return 5

def wait(minutes):
    rounds = 0
    while minutes > 0:
        minutes -= 1
        rounds += 1
    return rounds
'''
WEAK = """\
from tariff.fare import fare

def test_children_ride_free():
    assert fare(3) == 0

def test_who_is_grown_pays():
    assert fare(30) == 5
"""
STRONG = """\
import pytest
from tariff.fare import fare, wait

@pytest.mark.parametrize(("age", "price"), [(0, 0), (5, 0), (6, 5), (7, 5)])
def test_a_fare(age, price):
    assert fare(age) == price

def test_who_waits_counts():
    assert wait(3) == 3
"""
LITTERING = """

def test_that_starts_a_program_and_leaves_it():
    import pathlib, subprocess, sys
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    left.returncode = 0
    with pathlib.Path(__file__).with_name("started").open("a") as started:
        started.write(f"{left.pid}\\n")
"""
ROOM = Room("tariff", ("tariff",), ("checks",))
UNDER_SIX = Key("tariff/fare.py", "fare", "boundary", "if age < 6:", "if age <= 6:")


ENDLESS = Key("tariff/fare.py", "wait", "arithmetic", "minutes -= 1", "minutes += 1")


def is_any(_mutant: Mutant) -> bool:
    return True


def ends_or_is_the_endless_one(mutant: Mutant) -> bool:
    """Most mutants of a loop never end, and each of them is waited for."""
    return mutant.key.function != "wait" or mutant.key == ENDLESS


def run(
    root: Path,
    tests: str,
    most: int | None = None,
    wanted: Callable[[Mutant], bool] = is_any,
) -> Sequence[Trial]:
    """Try all mutants that are wanted, or the first ``most``."""
    (root / "tariff").mkdir()
    (root / "tariff/fare.py").write_text(FARE)
    (root / "checks").mkdir()
    (root / "checks/test_fare.py").write_text(tests)
    mutants = [each for each in mutants_of("tariff/fare.py", FARE) if wanted(each)]
    reach = reach_of(root, ROOM)
    prove(root, ROOM, reach)
    return list(trials(root, ROOM, mutants[:most], reach, jobs=2, spare=1))


class Run(NamedTuple):
    """A folder in which all mutants were tried, and what became of them."""

    root: Path
    tried: Sequence[Trial]


@pytest.fixture(scope="module")
def weak(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The run of the weak tests, one of which leaves a program behind."""
    root = tmp_path_factory.mktemp("weak")
    return Run(root, run(root, WEAK + LITTERING))


def outcomes(tried: Sequence[Trial]) -> Mapping[Key, Outcome]:
    return {trial.mutant.key: trial.outcome for trial in tried}


def test_a_weak_test_leaves_survivors_and_what_it_does_not_reach(weak: Run) -> None:
    found = outcomes(weak.tried)
    assert found[UNDER_SIX] == "survived"
    assert found[UNDER_SIX._replace(operator="constant", after="if age < 7:")] == (
        "survived"
    )
    assert found[UNDER_SIX._replace(operator="comparison", after="if age >= 6:")] == (
        "killed"
    )
    assert {found[key] for key in found if key.function == "wait"} == {"not reached"}


def test_a_strong_test_kills_every_mutant_and_stops_the_endless_one(
    tmp_path: Path,
) -> None:
    tried = run(tmp_path, STRONG, wanted=ends_or_is_the_endless_one)
    found = outcomes(tried)
    assert found[UNDER_SIX] == "killed"
    assert "survived" not in found.values()
    assert "not reached" not in found.values()
    assert found[ENDLESS] == "timeout"


def test_tests_that_fail_without_a_mutant_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="test_who_is_grown_pays") as told:
        run(tmp_path, WEAK.replace("== 5", "== 4"))
    assert "the tests of tariff fail as they are" in str(told.value)


def test_no_file_of_the_code_is_changed(weak: Run) -> None:
    assert weak.tried
    assert (weak.root / "tariff/fare.py").read_text() == FARE


def test_no_process_is_left_behind(weak: Run) -> None:
    started = (weak.root / "checks/started").read_text().split()
    assert started
    assert not [pid for pid in started if is_running(int(pid))]


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize(
    ("before", "operator", "afters"),
    [
        ("x = a < b", "boundary", {"x = a <= b"}),
        ("x = a >= b", "boundary", {"x = a > b"}),
        ("x = a < b", "comparison", {"x = a >= b"}),
        ("x = a == b != c", "comparison", {"x = a != b != c", "x = a == b == c"}),
        ("x = a in b", "comparison", {"x = a not in b"}),
        ("x = a and b or c", "and/or", {"x = (a and b) and c", "x = (a or b) or c"}),
        ("x = not a", "sign removed", {"x = a"}),
        ("x = -a", "sign removed", {"x = a"}),
        ("x = a + b", "arithmetic", {"x = a - b"}),
        ("x += a", "arithmetic", {"x -= a"}),
        ("x = 1", "constant", {"x = 2"}),
        ("x = 'a'", "constant", {"x = ''"}),
        ("x = f'a{b}'", "constant", {"x = f'{b}'"}),
        ("x = True", "constant", {"x = False"}),
        ("x = a if b else c", "branches swapped", {"x = a if not b else c"}),
        ("if a: b()", "branches swapped", {"if not a:"}),
        ("def f(): return a", "returns nothing", {"return"}),
        ("def f(): return", "statement deleted", {"pass"}),
        ("raise a", "statement deleted", {"pass"}),
        ("a()", "statement deleted", {"pass"}),
        ("a.b = c", "statement deleted", {"pass"}),
        ("x += a", "statement deleted", {"pass"}),
        ("a(b, c=d, e=f)", "argument removed", {"a(b, e=f)", "a(b, c=d)"}),
        ("x = (a, b)", "element removed", {"x = (b,)", "x = (a,)"}),
        ("x = [a for a in b if c]", "condition removed", {"x = [a for a in b]"}),
        ("@a\ndef f(): ...", "decorator removed", {"def f():"}),
    ],
)
def test_every_operator_makes_its_fault(
    before: str, operator: str, afters: set[str]
) -> None:
    found = [each.key for each in mutants_of("m.py", before)]
    assert {key.after for key in found if key.operator == operator} == afters


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "import a",
        "from a import b",
        "def f(x: 'int' = y) -> 'str': ...",
        "x: Literal['a', 'b']",
        "Side = Literal['a', 'b']",
        "Handler = Callable[[int, str], None]",
        "Numbers = Mapping[int, str]",
        "x = cast('Numbers', y)",
        "@dataclass(frozen=True)\nclass A: ...",
        "log.warning('late: %s', 1)",
        "if TYPE_CHECKING: x = 1",
    ],
)
def test_what_no_reader_could_notice_is_left_alone(source: str) -> None:
    assert not list(mutants_of("m.py", source))


def test_a_mutant_keeps_its_name_when_lines_move_or_are_broken_differently() -> None:
    moved = "# A new first line.\nOTHER: int\n" + FARE.replace(
        "if age < 6:", "if (\n        age\n        < 6\n    ):"
    )
    keys = [[each.key for each in mutants_of("m.py", text)] for text in (FARE, moved)]
    assert keys[0] == keys[1]


def written(folder: Path, text: str) -> Path:
    file = folder / "explained.toml"
    file.write_text(text)
    return file


REASON = """\
[[explained]]
file = "tariff/fare.py"
function = "fare"
operator = "boundary"
before = "if age < 6:"
after = "if age <= 6:"
reason = "Nobody is six."
"""


def test_a_survivor_with_a_reason_is_listed_and_not_counted(tmp_path: Path) -> None:
    reasons = explained(written(tmp_path, REASON))
    tried = [
        Trial("tariff", each, "survived") for each in mutants_of("tariff/fare.py", FARE)
    ]
    assert len(unexplained(tried, reasons)) == len(tried) - 1
    page = list(markdown(tried, reasons, "Title"))
    rows = [line for line in page if line.startswith("| tariff/fare.py:5 | boundary")]
    assert len(rows) == 1
    assert "Nobody is six." in rows[0]
    count = len(tried)
    assert f"| tariff | {count} | 0 | 0 | {count} | 0 | {count} | 0.0 |" in page
    assert (
        f"0 of them are killed now, 1 have a reason, and {count - 1} have"
        in " ".join(page[-1].split())
    )


def test_the_page_says_what_became_of_those_that_had_survived() -> None:
    one, two, *_ = mutants_of("tariff/fare.py", FARE)
    tried = [
        Trial("tariff", one, "killed", 3.0, first="survived"),
        Trial("tariff", two, "killed", 1.0, first="killed"),
    ]
    page = list(markdown(tried, {}, "Title"))
    assert "| tariff | 2 | 2 | 0 | 0 | 0 | 1 | 2.0 |" in page
    assert page[-1].startswith("Of these 2 mutants 1 had survived")
    assert "1 of them are killed now, 0 have a reason, and 0 have neither." in page[-1]


def kept_in(root: Path) -> Kept:
    return Kept(root, root / "trials.jsonl")


def test_a_run_that_was_stopped_goes_on_where_it_was(weak: Run) -> None:
    root, tried = weak
    kept = kept_in(root)
    for trial in tried[:3]:
        kept.add(trial)
    mutants = [trial.mutant for trial in tried]
    assert untried(kept_in(root), ROOM, mutants, None) == mutants[3:]
    found = [kept_in(root).trial("tariff", mutant) for mutant in mutants[:3]]
    told = [(each.mutant.key, each.outcome) for each in found if each]
    assert told == [(each.mutant.key, each.outcome) for each in tried[:3]]
    assert not kept_in(root).trial("another room", mutants[0])


def test_what_is_kept_does_not_hold_for_a_file_that_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "tariff/fare.py"
    file.parent.mkdir()
    file.write_text(FARE)
    mutant = next(mutants_of("tariff/fare.py", FARE))
    kept_in(tmp_path).add(Trial("tariff", mutant, "killed"))
    assert kept_in(tmp_path).trial("tariff", mutant) is not None
    file.write_text(FARE + "\nOTHER = 1\n")
    assert kept_in(tmp_path).trial("tariff", mutant) is None


def test_survivors_without_a_reason_are_tried_again_when_that_is_asked(
    tmp_path: Path,
) -> None:
    (tmp_path / "tariff").mkdir()
    (tmp_path / "tariff/fare.py").write_text(FARE)
    killed, survived, reasoned, *_ = mutants_of("tariff/fare.py", FARE)
    kept = kept_in(tmp_path)
    kept.add(Trial("tariff", killed, "killed"))
    kept.add(Trial("tariff", survived, "not reached"))
    kept.add(Trial("tariff", reasoned, "survived"))
    chosen = [killed, survived, reasoned]
    assert untried(kept, ROOM, chosen, {reasoned.key: "A reason."}) == [survived]
    assert not untried(kept, ROOM, chosen, None)
    kept.add(Trial("tariff", survived, "killed"))
    now = kept_in(tmp_path).trial("tariff", survived)
    assert now is not None
    assert (now.first, now.outcome) == ("not reached", "killed")


def test_another_seed_chooses_what_the_first_did_not() -> None:
    found = list(mutants_of("tariff/fare.py", FARE))
    (one, first), (two, second) = samples(found, [1, 2], 4)
    assert (one, two) == (1, 2)
    assert len(first) == len(second) == 4
    assert not {each.name for each in first} & {each.name for each in second}
    assert next(samples(found[::-1], [1], 4)) == (1, first)
    ((_, all_of_them),) = samples(found, [1], 0)
    assert len(all_of_them) == len(found)


def test_what_tests_reach_is_kept_until_they_change(tmp_path: Path) -> None:
    run(tmp_path, WEAK, most=1)
    kept = tmp_path / "kept"
    kept.mkdir()
    once = reach_of(tmp_path, ROOM, [ROOM], kept)
    files = set(kept.iterdir())
    assert reach_of(tmp_path, ROOM, [ROOM], kept) == once
    (tmp_path / "checks/test_more.py").write_text(STRONG)
    more = reach_of(tmp_path, ROOM, [ROOM], kept)
    assert set(more.seconds) > set(once.seconds)
    assert len(set(kept.iterdir()) - files) == 1


def test_the_quick_tests_of_a_line_come_first_and_no_more_than_are_allowed() -> None:
    (mutant, *_) = mutants_of("m.py", "x = 1")
    lines = {"m.py": frozenset({1})}
    more = {"m.py": frozenset(range(1, 9))}
    took = {"quick": 0.1, "slow": 3.0, "wide": 0.2, "other": 0.0}
    reach = Reach(
        "name",
        took,
        took,
        {"quick": lines, "slow": lines, "wide": more, "other": {}},
        {},
    )
    assert reach.tests_of(mutant) == ["quick", "wide", "slow"]
    assert reach.tests_of(mutant, 1) == ["quick", "wide"]
    assert reach.tests_of(mutant, 0.01) == ["quick"]


def test_who_waits_for_a_processor_is_not_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, 10.0, 20.0))
    wanted = iter(({"a": 4 * 10**9}, {"a": 5 * 10**9, "b": 9 * 10**9}))

    def told(_pid: int) -> Mapping[str, int]:
        return next(wanted)

    monkeypatch.setattr(idleness, "_wanted", told)
    monkeypatch.setattr(idleness.time, "monotonic", lambda: next(clock))
    watched = idleness.Idleness(1)
    assert watched.seconds() == pytest.approx(6)
    assert watched.seconds() == pytest.approx(6)


SLEEPING = """

def test_that_sleeps_longer_the_slower_it_is_paid():
    import time
    time.sleep(600 if fare(30) != 5 else 0)
"""


def test_who_only_sleeps_is_ended(tmp_path: Path) -> None:
    tests = WEAK.replace("assert fare(30) == 5", "fare(30)") + SLEEPING
    assert "timeout" in outcomes(run(tmp_path, tests)).values()


@pytest.mark.parametrize(
    "text",
    [REASON * 2, REASON.replace("Nobody is six.", " "), REASON + "line = 4\n"],
    ids=["twice", "no reason", "unknown field"],
)
def test_a_reason_is_given_once_and_says_something(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"explained\.toml"):
        explained(written(tmp_path, text))


def test_a_reason_for_what_is_gone_is_told(tmp_path: Path) -> None:
    reasons = explained(written(tmp_path, REASON))
    known = {each.key for each in mutants_of("tariff/fare.py", FARE)}
    assert not stale(reasons, known, {"tariff/fare.py"})
    assert stale(reasons, known - {UNDER_SIX}, {"tariff/fare.py"}) == [UNDER_SIX]
    assert not stale(reasons, set(), {"another/file.py"})


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_code_and_tests(room: Room) -> None:
    assert list(room.files(ROOT))
    assert all((ROOT / path).exists() for path in room.tests)
