"""The JSON that ``ally ask --json`` prints: a versioned contract, described in
docs/json.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.alignment.assessment import Assessment, Contribution, Fired, Scored
from bot.answers import base_words, sentences
from bot.answers.card import plain_card
from bot.answers.document import Answer, Citation, Citations
from bot.answers.page_json import citation_as_json, line_as_json
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.answers.verdict import verdict_line
from bot.knowledge.facts import Base

VERSION = 2


def _fact(
    each: Contribution, on: date, cites: Citations, texts: Texts
) -> dict[str, Any]:
    fact = each.fact
    return {
        "ref": fact.ref,
        "kind": fact.kind,
        "deed": fact.deed,
        "scale": fact.scale,
        "pillar": fact.pillar or None,
        "toward": fact.toward,
        "date": str(fact.date),
        "until": str(fact.until) if fact.until else None,
        "lapses": fact.lapses.isoformat() if fact.lapses else None,
        "holds": fact.holds(on),
        "ballot": fact.detail if fact.kind == "vote" else None,
        "spoken_for": fact.spoken_for or None,
        "text": sentences.fact(fact, texts, dated=False),
        "points": round(each.points, 4),
        "alone": round(each.alone, 4),
        "citations": list(cites.cite(fact.sources)),
    }


def _forecast(scored: Scored, cites: Citations, texts: Texts) -> dict[str, Any]:
    because = scored.because
    sources = [scored.forecast.source, *(because.fact.sources if because else ())]
    return {
        "id": scored.forecast.id,
        "date": str(scored.forecast.date),
        "expected": scored.named.expected,
        "toward": scored.named.toward,
        "strength": scored.named.strength,
        "outcome": scored.outcome,
        "because": sentences.fact(because.fact, texts) if because else None,
        "citations": list(cites.cite(sources)),
    }


def _why(fired: Fired, base: Base, texts: Texts) -> dict[str, Any]:
    return {
        "rule": fired.id,
        "level": fired.level,
        "sentence": base_words.rule_sentence(
            fired.id, fired.sentence, fired.toward, base.conflict, texts
        ),
        "facts": [each.fact.ref for each in fired.contributions],
    }


def _card(answer: Answer) -> dict[str, Any]:
    """The card as a reader sees it, without what a server added."""
    return {
        "title": answer.title,
        "lead": line_as_json(answer.lead) if answer.lead else None,
        "lines": [
            line_as_json(line) for section in answer.sections for line in section.lines
        ],
        "sure": answer.notes[0],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return citation_as_json(citation) | {"grade": citation.source.grade}


def as_json(assessment: Assessment, base: Base, texts: Texts) -> dict[str, Any]:
    """One actor as plain data; points and scores are in [-1, 1], dates are ISO 8601,
    partial where the source is.
    """
    cites = Citations()
    on = assessment.on
    past = [Contribution(fact, 0.0) for fact in assessment.past]
    facts = [
        _fact(each, on, cites, texts) for each in (*assessment.contributions, *past)
    ]
    forecasts = [_forecast(each, cites, texts) for each in assessment.forecasts]
    country = base.countries[assessment.code]
    votes, record = assessment.votes, assessment.record
    composed = verdict_line(assessment, base, cites, texts)
    return {
        "version": VERSION,
        "code": assessment.code,
        "name": texts.name(assessment.code),
        "on": on.isoformat(),
        "level": assessment.level,
        "level_name": level_name(assessment.level, base, texts),
        "score": round(assessment.score, 4),
        "confidence": assessment.confidence.grade,
        "summary": country.summary if on >= country.reviewed.first else None,
        "verdict": composed.text if composed else None,
        "why": [_why(each, base, texts) for each in assessment.fired],
        "pillars": {
            each.pillar: {"score": round(each.score, 4), "facts": each.facts}
            for each in assessment.pillars
        },
        "votes": {
            "yes": votes.yes,
            "no": votes.no,
            "abstain": votes.abstain,
            "absent": votes.absent,
            "record": None if record.value is None else round(record.value, 4),
        },
        "facts": facts,
        "forecasts": forecasts,
        "card": _card(plain_card(assessment, base, texts, cites)),
        "citations": [_citation(each) for each in cites.listed()],
        "reviewed": str(country.reviewed),
        "revision": base.revision,
    }
