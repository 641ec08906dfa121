"""The one-page proof of a text: what was checked, counted and read, and what nobody has checked yet. A PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import shorten
from typing import Any

from pex import __version__
from pex.dates import write_date
from pex.letters.review import Review, write_share
from pex.outputs.pictograms import card, label, names
from pex.outputs.typst_engine import compile_pages, printable
from pex.plain_language.remarks import BLOCKING, INFORMATION, TO_SEE, Report
from pex.plain_language.rules.registry import Rule, read_rules
from pex.plain_language.text import Text

SHOWN = 5
"""Remarks written out; the page says how many more there are."""
LONGEST = 130
"""Characters of a sentence written out."""
LEVELS = {BLOCKING: "Bloquant", TO_SEE: "À voir", INFORMATION: "Information"}
READERS = {"menage": "un ménage", "signataire": "un ménage qui signe", "professionnel": "un professionnel"}
NOT_PROVED = (
    "Cette fiche ne dit pas qu'un lecteur comprend : seuls des lecteurs le montrent. "
    "Elle ne dit pas que le droit est juste : un juriste le signe."
)


def write_proof(report: Report, day: date) -> bytes:
    """One A4 page: result of the check, raw counts, sign-offs and reader tests, drawings; scores last."""
    text, measures = report.text, report.measures
    checked = sum(_concerns(rule, text) for rule in read_rules().values())
    data: dict[str, Any] = {
        "title": "Fiche de preuve : langage clair",
        "subject": (text.title.text if text.title else text.name),
        "facts": list(_facts(report, day)),
        "result": [
            {"level": LEVELS[level], "count": str(report.count(level))} for level in (BLOCKING, TO_SEE, INFORMATION)
        ],
        "checked": f"{checked} règles contrôlées sur {len(read_rules())}. Les autres demandent l'œil d'une personne "
        "ou regardent la page imprimée.",
        "remarks": [
            {
                "head": f"{LEVELS[remark.level]} · {remark.rule} {remark.name}",
                "sentence": shorten(remark.sentence, LONGEST, placeholder=" …"),
            }
            for remark in report.remarks[:SHOWN]
        ],
        "more": _more(len(report.remarks) - SHOWN),
        "counts": [
            ("Mots", str(measures.words)),
            ("Phrases, titres et points de liste", str(measures.sentences)),
            ("Mots par phrase, en moyenne", f"{measures.mean:.1f}".replace(".", ",")),
            ("Mots dans la plus longue", str(measures.longest)),
        ],
        "review": list(_review(text.review)),
        "drawings": _drawings(report),
        "scores": [
            f"{score.variant} : {score.value:.1f}".replace(".", ",") + f". {score.caveat}"
            for score in (measures.kandel_moles, measures.lix)
            if score is not None
        ],
        "not_proved": NOT_PROVED,
    }
    return compile_pages("proof", printable(data))


def _concerns(rule: Rule, text: Text) -> bool:
    """True where the linter checked this rule on this text."""
    return rule.is_checked and text.reader in rule.readers and (text.look is not None or rule.control != "document")


def _facts(report: Report, day: date) -> Iterator[tuple[str, str]]:
    text = report.text
    yield "Texte", text.name
    yield "Pour", f"{READERS[text.reader]}, registre {text.register}"
    if text.review is not None:
        yield "Empreinte du texte", text.review.fingerprint
    yield "Contrôlé le", f"{write_date(day)}, par pex {__version__}"


def _review(review: Review | None) -> Iterator[tuple[str, str]]:
    if review is None:
        yield "Relecture", "Ce texte n'a pas de fichier de relecture."
        return
    yield "État", review.status
    for name, sign in (("Droit", review.law), ("Mots", review.words)):
        current = sign is not None and sign.fingerprint == review.fingerprint
        old = "" if current else " (pour un texte d'avant)"
        yield name, f"signé par {sign.by}, le {write_date(sign.day)}{old}" if sign else "personne n'a signé"
    if not review.tests:
        yield "Essais avec des lecteurs", "aucun"
    for test in review.tests:
        old = "" if test.fingerprint == review.fingerprint else " (texte d'avant)"
        found = " ; ".join(f"{question} : {write_share(times, test.readers)}" for question, times in test.found.items())
        yield f"Essai du {write_date(test.day)}{old}", found
        yield "Changements après l'essai", test.changes or "aucun noté"


def _drawings(report: Report) -> str:
    """R48: which drawings no reader has tried yet."""
    used = dict.fromkeys(part.pictogram for part in report.text.parts if part.pictogram)
    untried = [label(name) for name in used if name in names() and card(name)["statut"] != "teste"]
    if not used:
        return "Ce texte n'a pas de dessin."
    if not untried:
        return "Tous les dessins ont été essayés avec des lecteurs."
    return f"Dessins pas encore essayés avec des lecteurs : {', '.join(untried)}."


def _more(rest: int) -> str:
    if rest <= 0:
        return ""
    return "1 autre remarque." if rest == 1 else f"{rest} autres remarques."
