"""The JSON that ``ally ask --json`` prints: a versioned contract, described in
docs/json.md.
"""

from __future__ import annotations

from typing import Any

from bot.alignment.assessment import Assessment
from bot.answers import sentences
from bot.answers.document import Citations
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base

VERSION = 1


def as_json(assessment: Assessment, base: Base, texts: Texts) -> dict[str, Any]:
    """One actor as plain data; points and scores are in [-1, 1], dates are ISO 8601,
    partial where the source is.
    """
    cites = Citations()
    facts = [
        {
            "ref": c.fact.ref,
            "kind": c.fact.kind,
            "pillar": c.fact.pillar,
            "toward": c.fact.toward,
            "date": str(c.fact.date) if c.fact.date else None,
            "until": str(c.fact.until) if c.fact.until else None,
            "text": sentences.fact(c.fact, texts, dated=False),
            "points": round(c.points, 4),
            "citations": list(cites.cite(c.fact.sources)),
        }
        for c in assessment.contributions
    ]
    forecasts = [
        {
            "id": s.forecast.id,
            "date": str(s.forecast.date),
            "expected": s.named.expected,
            "toward": s.named.toward,
            "strength": s.named.strength,
            "outcome": s.outcome,
            "because": sentences.fact(s.because.fact, texts) if s.because else None,
            "citations": list(
                cites.cite(
                    [s.forecast.source, *(s.because.fact.sources if s.because else ())]
                )
            ),
        }
        for s in assessment.forecasts
    ]
    sure = assessment.confidence
    country = base.countries[assessment.code]
    return {
        "version": VERSION,
        "code": assessment.code,
        "name": texts.name(assessment.code),
        "on": assessment.on.isoformat(),
        "level": assessment.level,
        "level_name": level_name(assessment.level, base, texts),
        "score": round(assessment.score, 4),
        "confidence": sure.grade,
        "summary": country.summary if assessment.on >= country.reviewed.first else None,
        "pillars": {
            p.pillar: {"score": round(p.score, 4), "facts": p.facts}
            for p in assessment.pillars
        },
        "votes": {
            "yes": assessment.votes.yes,
            "no": assessment.votes.no,
            "abstain": assessment.votes.abstain,
            "absent": assessment.votes.absent,
        },
        "facts": facts,
        "forecasts": forecasts,
        "citations": [
            {
                "number": c.number,
                "publisher": c.source.publisher,
                "title": c.source.title,
                "url": c.source.url,
                "published": str(c.source.published) if c.source.published else None,
                "official": c.source.official,
                "weak": c.source.weak,
            }
            for c in cites.listed()
        ],
        "reviewed": str(country.reviewed),
        "revision": base.revision,
    }
