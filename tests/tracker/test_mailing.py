"""What was sent stays what was sent, once; what comes back makes a task."""

from datetime import date

import pytest
from django.db import connection

from pex.dossier.facts import Adresse, Bail, Bailleur, Dossier, Evenement, Menage, Personne, Territoire
from pex.errors import OutputRefused, PexError
from pex.folders import EXAMPLES
from pex.letters.postal import POST
from pex.tracker import mailing
from pex.tracker.keeping import keep_new
from pex.tracker.mailing import AlreadySent
from pex.tracker.models import Account, JournalEntry, LetterFile, SentLetter, Structure, Task, TaskKind
from pex.tracker.models import Dossier as Row
from pex.tracker.office import profile_hash, profile_of, set_profile

TODAY = date(2026, 11, 26)


def household(reference="A-1", **menage):
    return Dossier(
        reference,
        menage=Menage(
            (Personne("Mme", "INVENTÉE", "Zoé"),),
            **{"adresse": Adresse(("12 rue des Tanneries",), "00100", "BRUMEVILLE"), **menage},
        ),
        bail=Bail(signe_le=date(2021, 5, 1), type="vide"),
        bailleur=Bailleur("SCI des Exemples", "sci_familiale"),
        territoire=Territoire("00"),
        evenements=(Evenement("commandement_de_payer", date(2026, 11, 2)),),
    )


@pytest.fixture
def row(account):
    set_profile(account.structure, EXAMPLES / "profil")
    (made,) = keep_new([household()], account.structure, opened_on=TODAY)
    return Row.objects.with_facts().get(pk=made.pk)


def test_what_fits_the_stage_is_proposed_and_what_is_missing_is_named(account, row):
    (proposal,) = mailing.proposals(row, TODAY)
    assert proposal.template == "commandement_de_payer" and not proposal.refusal and proposal.sent_on is None
    assert ("commandement_de_payer", proposal.subject, "etat") in mailing.catalogue()


def test_the_letter_is_kept_to_the_byte_with_all_that_tells_how_it_was_made(account, row):
    draft = mailing.compose(row, "commandement_de_payer", TODAY)
    shown = mailing.preview(draft, "pdf")
    letter = mailing.keep(account, draft)
    assert mailing.content_of(letter) == shown and shown.startswith(b"%PDF")
    assert (letter.pages, letter.sending, letter.language, letter.register) == (2, POST, "fr", "standard")
    assert letter.edition.startswith("pex ") and "commandement_de_payer" in letter.edition
    assert letter.profile_hash == profile_hash(profile_of(account.structure)) and len(letter.profile_hash) == 64
    assert letter.recipient[0] == "Mme Zoé INVENTÉE" and letter.sent_on is None


def test_asked_for_twice_it_is_kept_once(account, row):
    draft = mailing.compose(row, "commandement_de_payer", TODAY)
    assert mailing.keep(account, draft).pk == mailing.keep(account, draft).pk
    assert SentLetter.objects.count() == LetterFile.objects.count() == 1


def test_already_sent_on_that_day_is_asked_before_sending_again(account, row):
    letter = mailing.keep(account, mailing.compose(row, "commandement_de_payer", TODAY))
    assert mailing.mark_sent(account, [letter], TODAY) == 1
    assert mailing.mark_sent(account, [letter], date(2026, 12, 1)) == 0
    draft = mailing.compose(row, "commandement_de_payer", date(2026, 12, 1))
    with pytest.raises(AlreadySent, match="Déjà envoyé le 26 novembre 2026"):
        mailing.keep(account, draft)
    assert mailing.keep(account, draft, again=True).pk != letter.pk
    assert mailing.proposals(row, TODAY)[0].sent_on == TODAY


def test_a_returned_letter_makes_one_task_and_no_longer_counts_as_sent(account, row):
    letter = mailing.keep(account, mailing.compose(row, "commandement_de_payer", TODAY))
    with pytest.raises(PexError, match="pas noté comme envoyé"):
        mailing.returned(account, letter, TODAY)
    mailing.mark_sent(account, [letter], TODAY)
    letter.refresh_from_db()
    mailing.returned(account, letter, date(2026, 12, 3), "n'habite pas à l'adresse indiquée")
    mailing.returned(account, letter, date(2026, 12, 3))
    task = Task.objects.get()
    assert task.kind == TaskKind.RETURNED and "n'habite pas" in task.title
    assert mailing.already_sent(row, "commandement_de_payer") is None


def test_a_paragraph_is_changed_at_the_last_minute_and_the_letter_says_so(account, row):
    draft = mailing.compose(row, "commandement_de_payer", TODAY)
    block = next(block for block in draft.letter.blocks if mailing.may_change(block))
    words = mailing.words_of_block(block)
    same = mailing.with_words(draft, {block.id: words})
    assert not same.changed and same.letter == draft.letter
    other = mailing.with_words(
        draft, {block.id: "Nous vous recevons **lundi** : *sans* #rendez-vous.\n\n- un papier\n- un autre"}
    )
    assert other.changed
    text = mailing.preview(other, "txt").decode()
    assert "Nous vous recevons lundi : *sans* #rendez-vous." in text and "un autre" in text
    assert mailing.keep(account, other).changed


def test_nobody_rewrites_the_words_of_the_law_or_empties_a_part(account, row):
    draft = mailing.compose(row, "commandement_de_payer", TODAY)
    for block in draft.letter.blocks:
        if not mailing.may_change(block):
            with pytest.raises(PexError, match="ne peut pas être changée"):
                mailing.with_words(draft, {block.id: "Autre chose."})
    block = next(block for block in draft.letter.blocks if mailing.may_change(block))
    with pytest.raises(PexError, match="vide"):
        mailing.with_words(draft, {block.id: "  "})


def test_every_part_that_may_be_changed_reads_back_the_same(account, row):
    for register in ("standard", "simple"):
        draft = mailing.compose(row, "commandement_de_payer", TODAY, register=register)
        words = {block.id: mailing.words_of_block(block) for block in draft.letter.blocks if mailing.may_change(block)}
        forced = {key: text + "\n\n" for key, text in words.items()}
        assert mailing.with_words(draft, forced).letter == draft.letter


def test_who_opposes_letters_is_not_written_to(account, row):
    Row.objects.update(opposes_letters=True)
    with pytest.raises(OutputRefused, match="s'oppose"):
        mailing.compose(Row.objects.with_facts().get(), "commandement_de_payer", TODAY)
    assert mailing.compose(Row.objects.with_facts().get(), "plan_apurement_bailleur", TODAY).letter


def test_bytes_changed_in_the_database_are_never_shown_as_what_was_sent(account, row):
    letter = mailing.keep(account, mailing.compose(row, "commandement_de_payer", TODAY))
    LetterFile.objects.update(content=b"%PDF autre chose")
    with pytest.raises(PexError, match="altéré"):
        mailing.content_of(mailing.letter_of(account, letter.pk))


def test_another_structure_reads_no_letter_and_sends_none(account, row):
    letter = mailing.keep(account, mailing.compose(row, "commandement_de_payer", TODAY))
    other = Account.objects.create(username="autre", structure=Structure.objects.create(name="Autre (FICTIF)"))
    with pytest.raises(SentLetter.DoesNotExist):
        mailing.letter_of(other, letter.pk)
    assert mailing.mark_sent(other, [letter], TODAY) == 0


def test_a_list_of_letters_never_loads_their_bytes(account, row):
    mailing.keep(account, mailing.compose(row, "commandement_de_payer", TODAY))
    with connection.execute_wrapper(
        lambda execute, sql, *rest: pytest.fail(sql) if "letterfile" in sql else execute(sql, *rest)
    ):
        assert [letter.template for letter in mailing.letters_of(row)] == ["commandement_de_payer"]
    assert list(JournalEntry.objects.values_list("action", "fields")) == [
        ("courrier", ["courrier.commandement_de_payer"])
    ]
