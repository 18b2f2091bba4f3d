"""Two states of a base compared: facts, votes and actors that were added, changed or
taken out. A fact is the same one by its key, whatever it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.knowledge.documents import Vote
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base


@dataclass(frozen=True, slots=True)
class ActorFact:
    """A fact and the actor that it is about."""

    code: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact of an actor that another state of the base tells otherwise."""

    code: str
    before: Fact
    after: Fact


@dataclass(frozen=True, slots=True)
class BaseChanges:
    """What differs from an earlier state of a base; each in the order of its base."""

    added: tuple[ActorFact, ...]
    changed: tuple[ChangedFact, ...]
    gone: tuple[ActorFact, ...]
    votes_added: tuple[Vote, ...]
    votes_changed: tuple[Vote, ...]
    """As the later state has them."""
    votes_gone: tuple[Vote, ...]
    actors_added: tuple[str, ...]
    actors_gone: tuple[str, ...]


def vote_key(vote: Vote) -> str:
    """What a roll call is known by."""
    return f"vote:{vote.id}"


def facts_by_key(
    base: Base, codes: Collection[str] | None = None
) -> Mapping[str, ActorFact]:
    """Every fact of every actor (or of these) but ballots, which are their roll call's.

    A key has the actor's code, the fact's reference and which of several under this
    reference it is, by their days: a corrected sentence or source keeps it.
    """
    facts: dict[str, ActorFact] = {}
    for code in base.countries if codes is None else codes:
        seen: Counter[str] = Counter()
        own = [fact for fact in base.facts(code) if fact.kind != "vote"]
        own.sort(key=lambda fact: (fact.ref, fact.begins, fact.detail))
        for fact in own:
            facts[f"{code}|{fact.ref}|{seen[fact.ref]}"] = ActorFact(code, fact)
            seen[fact.ref] += 1
    return facts


def base_changes(before: Base, after: Base) -> BaseChanges:
    """What ``after`` has that ``before`` has not, or has otherwise, and the reverse."""
    old, new = facts_by_key(before), facts_by_key(after)
    both = [key for key in new if key in old]
    votes, once = after.votes, before.votes
    return BaseChanges(
        added=tuple(each for key, each in new.items() if key not in old),
        changed=tuple(
            ChangedFact(new[key].code, old[key].fact, new[key].fact)
            for key in both
            if old[key].fact != new[key].fact
        ),
        gone=tuple(each for key, each in old.items() if key not in new),
        votes_added=tuple(each for key, each in votes.items() if key not in once),
        votes_changed=tuple(
            each for key, each in votes.items() if key in once and once[key] != each
        ),
        votes_gone=tuple(each for key, each in once.items() if key not in votes),
        actors_added=tuple(c for c in after.countries if c not in before.countries),
        actors_gone=tuple(c for c in before.countries if c not in after.countries),
    )
