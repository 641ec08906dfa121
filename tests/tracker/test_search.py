"""A dossier is found without accents, by the beginning of a word, with a typing error, and by every filter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pex.dossier.facts import Adresse, Bail, Bailleur, Dossier, Evenement, Menage, Personne, Territoire
from pex.tracker import editing
from pex.tracker.assess import reassess
from pex.tracker.keeping import keep_new
from pex.tracker.models import Account, Landlord, Partner, Referral, Structure
from pex.tracker.models import Dossier as Row
from pex.tracker.search import Criteria, filter_choices, find
from pex.tracker.words import is_near, plain, sound, variants

TODAY = date(2026, 11, 26)
PEOPLE = {
    "71-2026-0001": ("LEFÈVRE", "Aïcha", "12 rue des Tanneries", "Mâcon"),
    "71-2026-0002": ("ŁUKASIEWICZ", "Paweł", "3 rue Haute", "Le Creusot"),
    "71-2026-0003": ("O’HARA", "Zoé", "5 place du Marché", "MACON"),
    "71-2026-0004": ("MARTIN", "Noël", "8 rue Haute", "Chalon-sur-Saône"),
}


@pytest.fixture
def rows(account):
    dossiers = [
        Dossier(
            reference,
            menage=Menage((Personne("Mme", name, first),), adresse=Adresse((line,), "71000", town)),
            bailleur=Bailleur("OPAC inventé", "bailleur_social") if name == "MARTIN" else Bailleur(),
            bail=Bail(signe_le=date(2021, 5, 1)),
            territoire=Territoire("71"),
            evenements=(Evenement("commandement_de_payer", date(2026, 11, 2)),) if name == "O’HARA" else (),
        )
        for reference, (name, first, line, town) in PEOPLE.items()
    ]
    made = keep_new(dossiers, account.structure, opened_on=TODAY)
    for _ in reassess(TODAY):
        pass
    return {row.reference[-4:]: row for row in made}


def found(account, **criteria):
    return sorted(row.reference[-4:] for row in find(account, Criteria(**criteria)).rows)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("lefevre", ["0001"]),
        ("LEFÈVRE aicha", ["0001"]),
        ("lefe", ["0001"]),
        ("Lefebvre", ["0001"]),
        ("lefevvre", ["0001"]),
        ("lefvere", ["0001"]),
        ("łukasiewicz", ["0002"]),
        ("lukasievicz", ["0002"]),
        ("ohara", ["0003"]),
        ("o'hara", ["0003"]),
        ("macon", ["0001", "0003"]),
        ("rue haute", ["0002", "0004"]),
        ("12 rue des Tanneries", ["0001"]),
        ("71-2026-0004", ["0004"]),
        ("7120260004", ["0004"]),
        ("opac", ["0004"]),
        ("martin macon", []),
        ("dupont", []),
        ("%", []),
        ("' OR 1=1", []),
    ],
)
def test_words_find(account, rows, text, who):
    assert found(account, text=text) == who


def test_what_was_taken_for_what_was_typed_is_told(account, rows):
    assert dict(find(account, Criteria(text="martim")).near) == {"martim": ("martin",)}
    assert not find(account, Criteria(text="martin")).near


def test_each_filter(account, rows):
    partner = Partner.objects.create(structure=account.structure, name="FSL inventé")
    Referral.objects.create(dossier=rows["0002"], partner=partner, since=TODAY)
    editing.close(account, rows["0001"], TODAY)
    assert found(account, stage="commandement_de_payer") == ["0003"]
    assert found(account, commune="macon") == ["0003"]
    assert found(account, commune="macon", state="tous") == ["0001", "0003"]
    assert found(account, state="clos") == ["0001"]
    assert found(account, landlord=str(Landlord.objects.get().pk)) == ["0004"]
    assert found(account, landlord_type="bailleur_social") == ["0004"]
    assert found(account, partner=str(partner.pk)) == ["0002"]
    assert found(account, rule="delai_pour_payer") == ["0003"]
    assert found(account, rule="delai_pour_payer", deadline_to=TODAY) == []
    assert found(account, landlord="n'importe quoi") == []


def test_the_choices_of_a_filter_count_open_dossiers_and_join_the_writings_of_a_commune(account, rows):
    choices = filter_choices(account)
    assert ("macon", 2) in [(key, count) for key, _, count in choices["commune"]]
    assert [(label, count) for _, label, count in choices["landlord"]] == [("OPAC inventé", 1)]
    assert ("commandement_de_payer", "Commandement de payer", 1) in choices["stage"]


def test_pages_hold_every_dossier_once(account, rows):
    pages = [find(account, Criteria(order="nom"), page, size=3) for page in (1, 2, 9)]
    assert [page.count for page in pages] == [4, 4, 4] and pages[1].page == pages[2].page == 2
    assert [row.reference[-4:] for page in pages[:2] for row in page.rows] == ["0001", "0004", "0003", "0002"]


def test_what_another_structure_holds_is_never_found(account, rows):
    other = Account.objects.create(username="autre", structure=Structure.objects.create(name="Autre (FICTIF)"))
    assert found(other, text="martin") == found(other) == []
    assert not any(count for _, _, count in filter_choices(other)["stage"])


names = st.text("abcdefghilmnoprstuvyz", min_size=4, max_size=12)


@given(names, st.data())
def test_one_typing_error_is_always_forgiven(name, data):
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("aeklz"))
    typed = data.draw(
        st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                name[:place] + letter + name[place:],
                name[:place] + letter + name[place + 1 :],
                name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            ]
        )
    )
    assert is_near(typed, name) and is_near(name, typed)
    if len(typed) >= 4:
        assert variants(typed) & variants(name)


def test_names_that_sound_alike_meet():
    for one, other in (
        ("dupond", "dupont"),
        ("lefevre", "lefebvre"),
        ("philippe", "filipe"),
        ("chevalier", "chevallier"),
    ):
        assert sound(one) == sound(other)
    assert plain("Œuvré ÉTÉ Straße") == "oeuvre ete strasse"


def test_dossiers_are_counted_once_even_with_several_words_alike(account):
    facts = Dossier("A-1", menage=Menage((Personne(None, "MARTIN", "Martine"), Personne(None, "MARTIN", "Marta"))))
    keep_new([facts], account.structure, opened_on=None)
    assert find(account, Criteria(text="mart")).count == Row.objects.count() == 1
