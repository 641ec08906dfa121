"""The letters: whole approved texts, and the rules of plain language that a machine can check on them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from samples import NASTY_NAME

from pex.dossier.facts import Adresse, Bail, Bailleur, Dossier, Evenement, Menage, Personne
from pex.errors import MissingFacts, TemplateError
from pex.folders import EXAMPLES, LETTER_TEMPLATES, PICTOGRAMS
from pex.law import read_law
from pex.letters import compose_letter, compose_timeline, letter_ids, letters_for
from pex.letters.blocks import Block, ItemList, Letter, Paragraph
from pex.letters.templates import HOUSEHOLD, fact_names, read_template, read_words
from pex.outputs.txt import plain, write_letter
from pex.profile import Profile, read_profile
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)
APPROVED = Path(__file__).parent / "letters"
SITUATIONS: dict[str, tuple[Evenement, ...]] = {
    "alerte_caf": (Evenement("signalement_caf", date(2026, 10, 5), {"organisme": "caf"}),),
    "commandement_de_payer": (Evenement("commandement_de_payer", date(2026, 10, 10)),),
    "commandement_de_payer_sans_date": (Evenement("commandement_de_payer"),),
    "commandement_de_payer_delai_passe": (Evenement("commandement_de_payer", date(2026, 8, 10)),),
    "assignation": (
        Evenement("commandement_de_payer", date(2026, 7, 10)),
        Evenement("assignation", date(2026, 11, 10)),
        Evenement("audience", date(2027, 2, 9), {"heure": time(9, 30)}),
    ),
    "assignation_sans_audience": (Evenement("assignation", date(2026, 11, 10)),),
    "commandement_de_quitter_les_lieux": (
        Evenement("jugement", date(2026, 6, 10)),
        Evenement("commandement_de_quitter_les_lieux", date(2026, 10, 12)),
        Evenement("notification_cql_prefet", date(2026, 10, 13)),
    ),
    "commandement_de_quitter_les_lieux_sans_date": (Evenement("commandement_de_quitter_les_lieux"),),
    "requisition_force_publique": (
        Evenement("commandement_de_quitter_les_lieux", date(2026, 6, 12)),
        Evenement("requisition_force_publique", date(2026, 10, 12)),
    ),
    "requisition_refusee": (
        Evenement("commandement_de_quitter_les_lieux", date(2026, 3, 12)),
        Evenement("requisition_force_publique", date(2026, 6, 12)),
        Evenement("refus_concours", date(2026, 7, 12)),
    ),
    "octroi_concours": (
        Evenement("commandement_de_quitter_les_lieux", date(2026, 6, 12)),
        Evenement("requisition_force_publique", date(2026, 9, 14)),
        Evenement("octroi_concours", date(2026, 11, 12)),
    ),
}
THREATS = re.compile(r"expuls|police|saisie|poursuite|huissier", re.IGNORECASE)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile(EXAMPLES / "profil")


def household(events: tuple[Evenement, ...], name: str = "DURAND") -> Dossier:
    """An invented household whose every fact is known, at the stage of these events."""
    from decimal import Decimal

    from pex.dossier.facts import Dette, Territoire

    return Dossier(
        "EX-0001",
        menage=Menage(
            (Personne("Mme", name, "Aïcha"), Personne("M.", name, "Karim")),
            adresse=Adresse(("12 rue des Tanneries",), "00100", "BRUMEVILLE"),
        ),
        bail=Bail(date(2021, 5, 1), type="vide"),
        bailleur=Bailleur("Bailleur social de démonstration", "bailleur_social"),
        dette=Dette(Decimal("2450"), date(2026, 9, 1), Decimal("480"), Decimal("60"), Decimal("210"), True),
        territoire=Territoire("71"),
        evenements=events,
    )


def letter_for(situation: str, profile: Profile, name: str = "DURAND") -> Letter:
    timeline = build_timeline(household(SITUATIONS[situation], name), read_law(), TODAY)
    (letter_id,) = letters_for(timeline)
    return compose_letter(letter_id, timeline, profile)


def sentences(block: Block) -> list[str]:
    texts = [block.title or ""]
    for content in block.contents:
        if isinstance(content, Paragraph):
            texts.append(plain(content.spans))
        elif isinstance(content, ItemList):
            texts += [plain(item) for item in content.items]
        else:
            texts += [plain(cell) for row in content.rows for cell in row]
    return [part for text in texts for part in re.split(r"(?<=[.?!:])\s+(?=[A-ZÀ-ÝV«])", text) if part.strip()]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_whole_text_is_the_approved_one(situation: str, profile: Profile) -> None:
    """A change of words shows as a diff of tests/letters/<situation>.txt, to be read and approved."""
    approved = APPROVED / f"{situation}.txt"
    assert write_letter(letter_for(situation, profile)).decode() == approved.read_text(encoding="utf-8")


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_letter_starts_with_what_to_do(situation: str, profile: Profile) -> None:
    letter = letter_for(situation, profile)
    assert letter.blocks[0].kind == "action"
    assert re.match(r"(Appelez|Payez|Venez|Demandez|Préparez)", letter.title)
    assert not THREATS.search(letter.title)
    assert not THREATS.search(letter.subject)
    (actions,) = letter.blocks[0].contents
    assert isinstance(actions, ItemList) and actions.ordered and len(actions.items) == 3


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_phone_is_in_the_action_block_and_a_free_number_below(situation: str, profile: Profile) -> None:
    letter = letter_for(situation, profile)
    assert profile.expediteur is not None and profile.expediteur.telephone is not None
    first = " ".join(sentences(letter.blocks[0])).replace("\u00a0", " ")
    assert profile.expediteur.telephone in first
    contact = letter.blocks[-1]
    assert contact.kind == "contact"
    number = read_law().helplines["sos_loyers_impayes"].number
    assert number in (contact.title or "").replace("\u00a0", " ")
    assert "gratuit" in " ".join(sentences(contact))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_pictogram_exists(situation: str, profile: Profile) -> None:
    letter = letter_for(situation, profile)
    assert letter.timeline is not None
    names = [block.pictogram for block in letter.blocks] + [step.pictogram for step in letter.timeline.steps]
    names += [note.pictogram for note in letter.timeline.notes]
    names += [ending.pictogram for ending in letter.timeline.endings]
    for name in filter(None, names):
        assert (PICTOGRAMS / f"{name}.svg").is_file(), name


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_strange_name_is_only_ever_text(situation: str, profile: Profile) -> None:
    letter = letter_for(situation, profile, NASTY_NAME)
    assert f"Mme Aïcha {NASTY_NAME}" in letter.recipient
    nasty = household(SITUATIONS[situation], NASTY_NAME)
    assert letter.blocks == letter_for(situation, profile).blocks
    assert NASTY_NAME in compose_timeline(build_timeline(nasty, read_law(), TODAY), profile).household


def test_a_strange_place_of_hearing_is_only_ever_text(profile: Profile) -> None:
    events = (*SITUATIONS["assignation"][:2], Evenement("audience", date(2027, 2, 9), {"lieu": NASTY_NAME}))
    letter = compose_letter("assignation", build_timeline(household(events), read_law(), TODAY), profile)
    assert any(NASTY_NAME in sentence for sentence in [" ".join(sentences(letter.blocks[0]))])


def test_a_letter_is_refused_rather_than_left_with_a_blank(profile: Profile) -> None:
    without_phone = replace(profile, expediteur=replace(profile.expediteur, telephone=None))  # type: ignore[type-var]
    with pytest.raises(MissingFacts) as refused:
        letter_for("alerte_caf", without_phone)
    assert refused.value.missing == ("profil.expediteur.telephone",)


def test_only_the_reference_is_known(profile: Profile) -> None:
    timeline = build_timeline(Dossier("EX-0002"), read_law(), TODAY)
    assert letters_for(timeline) == ()
    assert compose_timeline(timeline, profile).steps[0].state == "here"
    for letter_id in letter_ids():
        template = read_template(letter_id)
        refused: MissingFacts | None = None
        try:
            letter = compose_letter(letter_id, timeline, profile)
        except MissingFacts as error:
            refused = error
        if refused is not None:
            # It cannot be written, and says what to ask to whom.
            assert set(refused.missing) <= {*template.needs, *fact_names()}, letter_id
            assert "à demander" in str(refused)
            continue
        if template.recipient == HOUSEHOLD:
            assert letter.recipient == ("Madame, Monsieur",)
        assert "None" not in write_letter(letter).decode()


def test_a_letter_that_does_not_exist_is_told_with_those_that_do(profile: Profile) -> None:
    with pytest.raises(TemplateError, match="alerte_caf"):
        compose_letter("mise_en_demeure", build_timeline(Dossier("X"), read_law(), TODAY), profile)


def test_every_stage_event_and_action_has_its_words() -> None:
    law, words = read_law(), read_words()
    assert {stage.step for stage in law.stages.values() if stage.step} == set(words["steps"])
    assert set(law.actions) == set(words["actions"])
    assert set(words["actions_shown"]) == {stage.id for stage in law.stages.values() if stage.step}
    assert set(words["events"]) <= set(law.events)
    assert {event.id for event in law.events.values() if event.stage or event.way_out} <= set(words["events"])
    assert set(words["deadlines"]) <= set(law.rules)


def test_templates_hold_no_number_of_law() -> None:
    for path in (LETTER_TEMPLATES / "fr").glob("*.md"):
        blocks = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8").split("---\n", 2)[2])
        body = "".join(block for block in blocks if " law}" not in block.partition("\n")[0])
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", body)
        text = re.sub(r"(?m)^\d\. ", "", text)
        assert not re.search(r"\d", text), path.name


def test_each_step_shows_a_way_out_and_who_helps(profile: Profile) -> None:
    for situation in SITUATIONS:
        page = letter_for(situation, profile).timeline
        assert page is not None
        assert [step.state for step in page.steps].count("here") == 1
        for step in page.steps:
            assert step.ways_out and step.ways_label and step.help
        assert len(page.endings) == 2


def test_a_date_of_the_future_is_shown_only_where_it_is_planned_or_computed(profile: Profile) -> None:
    page = letter_for("assignation", profile).timeline
    assert page is not None
    here = next(step for step in page.steps if step.state == "here")
    assert [item.date for item in here.milestones if item.state == "here"] == [
        "mardi 9\u00a0février\u00a02027 à 9\u00a0h\u00a030"
    ]
    for situation in SITUATIONS:
        page = letter_for(situation, profile).timeline
        assert page is not None
        future = [item for step in page.steps for item in step.milestones if item.state in ("may_happen", "paused")]
        assert all(item.date is None or item.date.startswith("pas avant le ") for item in future)
        assert all(item.numerals is None for item in future)


def test_more_than_six_address_lines_are_joined(profile: Profile) -> None:
    events = SITUATIONS["alerte_caf"]
    people = tuple(Personne("M.", f"NOM{i}") for i in range(4))
    dossier = replace(
        household(events),
        menage=Menage(people, adresse=Adresse(("a", "b", "c"), "00100", "BRUMEVILLE")),
    )
    letter = compose_letter("alerte_caf", build_timeline(dossier, read_law(), TODAY), profile)
    assert len(letter.recipient) == 6
    assert letter.recipient[1] == "M. NOM1 et M. NOM2 et M. NOM3"


if __name__ == "__main__":
    APPROVED.mkdir(exist_ok=True)
    for name in SITUATIONS:
        text = write_letter(letter_for(name, read_profile(EXAMPLES / "profil")))
        (APPROVED / f"{name}.txt").write_bytes(text)
