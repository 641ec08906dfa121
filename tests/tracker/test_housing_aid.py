"""The housing-aid circuit of 2027: nothing is suspended by silence, and every date is the law's."""

from datetime import date

import pytest

from pex.dossier.facts import Bail, Dossier, Evenement, Territoire
from pex.errors import PexError
from pex.tracker import housing_aid
from pex.tracker.assess import timeline_of
from pex.tracker.editing import Doubtful
from pex.tracker.keeping import keep_new
from pex.tracker.models import Dossier as Row
from pex.tracker.models import Note

TODAY = date(2027, 3, 10)


@pytest.fixture
def case(account):
    facts = Dossier(
        "F-27",
        bail=Bail(signe_le=date(2024, 5, 1)),
        territoire=Territoire("71"),
        evenements=(Evenement("premier_impaye", date(2026, 12, 5)), Evenement("signalement_caf", date(2027, 1, 20))),
    )
    (row,) = keep_new([facts], account.structure, opened_on=date(2027, 1, 20))
    return housing_aid.open_case(account, row, "caf", date(2027, 2, 1), TODAY)


def circuit_of(case, today=TODAY):
    row = Row.objects.with_facts().select_related("structure").get(pk=case.dossier_id)
    return housing_aid.circuit(case, timeline_of(row, today))


def test_the_circuit_starts_with_the_referral_and_asks_to_invite(case):
    circuit = circuit_of(case)
    assert [stage.id for stage in circuit.stages if stage.is_done] == ["saisine_ccapex_aide_logement"]
    assert [stage.id for stage in circuit.stages if stage.is_next] == ["invitation_observations"]
    assert circuit.decision == ""
    assert circuit.effect is None or circuit.effect.last_day is None


def test_a_suspension_without_an_invitation_is_questioned(account, case):
    with pytest.raises(Doubtful, match="pas été invité"):
        housing_aid.decide(account, case, "suspension", "Aucun loyer payé.", date(2027, 3, 4), TODAY)
    housing_aid.decide(account, case, "suspension", "Aucun loyer payé.", date(2027, 3, 4), TODAY, sure=True)
    assert circuit_of(case).decision == "suspension"


def test_a_suspension_before_the_household_could_answer_is_questioned(account, case):
    housing_aid.invite(account, case, date(2027, 2, 10), date(2027, 3, 8), TODAY)
    with pytest.raises(Doubtful, match="8 mars 2027"):
        housing_aid.decide(account, case, "suspension", "Raison.", date(2027, 3, 5), TODAY)
    housing_aid.keep_observations(account, case, "Je paie depuis février.", date(2027, 3, 2))
    housing_aid.decide(account, case, "suspension", "Raison.", date(2027, 3, 5), TODAY, sure=False)


def test_a_suspension_needs_reasons_and_an_invitation_leaves_time(account, case):
    with pytest.raises(PexError, match="raisons"):
        housing_aid.decide(account, case, "suspension", " ", date(2027, 3, 4), TODAY, sure=True)
    with pytest.raises(PexError, match="temps de répondre"):
        housing_aid.invite(account, case, date(2027, 2, 10), date(2027, 2, 10), TODAY)


def test_the_effect_is_the_first_of_the_month_after_the_paying_body_is_told(account, case):
    with pytest.raises(PexError, match="d'abord la décision"):
        housing_aid.notify(account, case, housing_aid.TO_PAYER, date(2027, 3, 5), TODAY)
    housing_aid.decide(account, case, "suspension", "Raison.", date(2027, 3, 4), TODAY, sure=True)
    housing_aid.notify(account, case, housing_aid.TO_PAYER, date(2027, 3, 5), TODAY)
    housing_aid.notify(account, case, housing_aid.TO_HOUSEHOLD, date(2027, 3, 8), TODAY)
    circuit = circuit_of(case)
    assert circuit.effect is not None
    assert circuit.effect.last_day == date(2027, 4, 1)
    assert circuit.appeal is not None
    assert circuit.appeal.certainty == "a_confirmer"
    letters = [name for stage in circuit.stages for name in stage.letters]
    assert "aide_logement_suspension_organisme" in letters
    assert "aide_logement_suspension_bailleur" in letters


def test_keeping_the_aid_has_no_effect_date(account, case):
    housing_aid.decide(account, case, "maintien", "", date(2027, 3, 4), TODAY)
    housing_aid.notify(account, case, housing_aid.TO_PAYER, date(2027, 3, 5), TODAY)
    circuit = circuit_of(case)
    assert circuit.effect is None or circuit.effect.last_day is None
    assert circuit.appeal is None or circuit.appeal.last_day is None


def test_what_the_household_says_is_an_answer_in_its_dossier(account, case):
    housing_aid.keep_observations(account, case, "Je paie depuis février.", date(2027, 3, 2))
    note = Note.objects.get(dossier=case.dossier)
    assert (note.kind, note.on) == ("reponse", date(2027, 3, 2))


def test_a_dossier_has_one_circuit(account, case):
    with pytest.raises(PexError, match="déjà un circuit"):
        housing_aid.open_case(account, case.dossier, "caf", date(2027, 2, 2), TODAY)
