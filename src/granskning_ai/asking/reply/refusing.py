"""Refusals: politely, with what was searched, and with what can be asked instead."""

from __future__ import annotations

from granskning_ai.asking.material import Material, name_of
from granskning_ai.asking.question.understanding import Refusal, Understanding
from granskning_ai.asking.reply.answer import Draft
from granskning_ai.asking.reply.scope import Scope, searched
from granskning_ai.swedish.wording import counted, listed

_REASONS = {
    Refusal.COMMAND: "Programmet svarar bara på frågor om de dokument som är inlästa. Det utför inga andra uppdrag.",
    Refusal.CHAT: "Programmet svarar på frågor om de dokument som är inlästa, med citat och sida.",
    Refusal.ADVICE: "Programmet ger inga råd. Det återger vad dokumenten säger.",
    Refusal.SUPERLATIVE: "Dokumenten rangordnar inte kommunerna, och det gör inte programmet heller.",
}

_EXAMPLES = (
    "Fråga till exempel: Vilka kommuner saknar en lägesbild? "
    "Vilka rekommendationer fick {name}? Vad bedömde revisorerna om uppföljningen i {name}?"
)

_WORDS_SHOWN = 8


def refuse(reason: Refusal, material: Material, draft: Draft) -> None:
    """Says that the question is none to the material, and what can be asked."""
    draft.refused = True
    draft.say(_REASONS[reason])
    if material.codes:
        draft.say(_EXAMPLES.format(name=name_of(material.codes[0])))


def not_found(u: Understanding, scope: Scope, draft: Draft) -> None:
    """Says that the material does not tell, and what was searched."""
    draft.refused = True
    draft.say("Det framgår inte av underlaget")
    if scope.reason:
        draft.say(scope.reason)
        return
    names = [name_of(code) for code in scope.municipalities]
    where = f"i {counted(len(scope.documents), 'dokument', 'dokument', neuter=True)}"
    about = f" om {listed(names)}" if 0 < len(names) <= 4 else ""
    words = listed([f"”{word}”" for word in u.words[:_WORDS_SHOWN]])
    draft.say(f"Sökt {where}{about} efter {words}" if words else f"Sökt {where}{about}")
    if len(scope.documents) <= 4:
        draft.say(searched(scope.documents))
