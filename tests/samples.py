"""One whole letter built by hand, so that the writers can be tried without templates or law."""

from __future__ import annotations

from pex.letters.blocks import (
    Block,
    Ending,
    Helper,
    ItemList,
    Letter,
    Milestone,
    Note,
    Paragraph,
    Signature,
    Span,
    Step,
    Table,
    TimelinePage,
    WayOut,
)

NASTY_NAME = "O'Brien *#$_{{7*7}} <b>&"


def spans(text: str) -> tuple[Span, ...]:
    """« venez **mardi** » → two spans, the second strong."""
    return tuple(Span(part, strong=index % 2 == 1) for index, part in enumerate(text.split("**")) if part)


CONTACT = Block(
    id="appel",
    kind="contact",
    title="Une question ? Appelez le 0 805 16 00 75",
    contents=(Paragraph(spans("**C'est gratuit.** Un conseiller de l'ADIL vous répond, sans vous juger.")),),
    pictogram="appel_gratuit",
)


def ways(*texts: str) -> tuple[WayOut, ...]:
    """Ways out whose few words are their own first two."""
    return tuple(WayOut(spans(text), " ".join(text.replace("*", "").split()[:2]), "payer") for text in texts)


SOCIAL_WORKER = Helper("Le travailleur social", "03\u00a053\u00a001\u00a000\u00a020", "aide_sociale")
ADIL = Helper("L'ADIL (conseil gratuit)", "0\u00a0805\u00a016\u00a000\u00a075", "appel_gratuit")

TIMELINE = TimelinePage(
    language="fr",
    title="Où en êtes-vous ?",
    household="Mme Aïcha DURAND",
    intro=spans("Cette page montre les étapes. **À chaque étape, une solution existe.**"),
    steps=(
        Step(
            id="loyer_impaye", number=1, label="Loyer impayé", pictogram="dette_de_loyer",
            state="done", state_label="Fait",
            sentence=spans("Des loyers n'ont pas été payés."),
            ways_out=ways("payer la dette petit à petit"), ways_label="Encore possible :", help=(SOCIAL_WORKER,),
        ),
        Step(
            id="lettre_officielle", number=2, label="Lettre officielle pour payer",
            pictogram="commandement_de_payer", state="done", state_label="Fait", sentence=(),
            milestones=(
                Milestone("Le commandement de payer est arrivé", "done", "Fait", "14 septembre 2026", None,
                          "commandement_de_payer", "14/09/2026"),
            ),
            ways_out=ways("demander l'aide du FSL"), ways_label="Encore possible :", help=(SOCIAL_WORKER,),
        ),
        Step(
            id="rendez_vous_juge", number=3, label="Rendez-vous avec le juge", pictogram="audience",
            state="here", state_label="Vous êtes ici",
            sentence=spans("Le juge vous écoute. Ensuite, il décide."),
            milestones=(
                Milestone("L'assignation est arrivée", "done", "Fait", "lundi 30 novembre 2026", None,
                          "assignation", "30/11/2026"),
                Milestone("Rendez-vous au tribunal", "here", "Prévu", "mardi 9 février 2027 à 9 h 30", None,
                          "audience", "09/02/2027 09:30"),
                Milestone("Le juge écrit sa décision", "may_happen", "Peut arriver", None, None, "jugement"),
            ),
            deadlines=(
                Milestone("Rencontrer le travailleur social au plus tard", "here", "", "mardi 2 février 2027",
                          "Son rapport arrive avant le rendez-vous.", "aide_sociale", "02/02/2027"),
            ),
            ways_out=ways(
                "**venir au rendez-vous** et parler au juge",
                "demander au juge de payer petit à petit",
                "reprendre le loyer en entier dès maintenant",
            ),
            ways_label="Vous pouvez :",
            help=(SOCIAL_WORKER, Helper("Un avocat", None, "avocat"), ADIL),
            bands=(
                Note("juge_delais", "En pause : le juge vous laisse du temps",
                     spans("Payez chaque mois. Ce qui arrête la pause : un loyer non payé."), "pause",
                     spans("Payez chaque mois."), "→ 20/10/2029"),
            ),
        ),
        Step(
            id="decision", number=4, label="Décision du juge", pictogram="jugement",
            state="may_happen", state_label="Peut arriver",
            sentence=spans("Le juge peut vous laisser du temps pour payer."),
            milestones=(Milestone("Un papier officiel", "paused", "En pause", None, None, "jugement"),),
            ways_out=ways("respecter ce que le juge a écrit"), ways_label="Si cela arrive, vous pouvez :",
            help=(ADIL,),
        ),
        Step(
            id="partir_ou_rester", number=5, label="Partir ou rester", pictogram="logement",
            state="may_happen", state_label="Peut arriver",
            sentence=spans("Cela dépend du juge et de votre situation."),
            ways_out=ways("demander plus de temps", "demander un autre logement"),
            ways_label="Si cela arrive, vous pouvez :", help=(SOCIAL_WORKER, ADIL),
            bands=(
                Note("treve_hivernale", "Trêve d'hiver",
                     spans("Jusqu'au 31 mars 2027, personne ne peut vous faire partir de force. **Il y a des exceptions.**"),
                     "truce", spans("Jusqu'au 31 mars 2027. Il y a des exceptions."), "→ 31/03/2027"),
            ),
        ),
        Step(
            id="aide_logement", number=None, label="Votre aide au logement", pictogram="aide_au_logement",
            state="beside", state_label="En même temps", sentence=spans("L'aide continue pour l'instant."),
            deadlines=(
                Milestone("Signer un accord au plus tard", "here", "", "lundi 5 avril 2027", None,
                          "payer_en_plusieurs_fois", "05/04/2027"),
            ),
            ways_out=ways("signer un accord pour payer petit à petit"), ways_label="Vous pouvez :",
            help=(Helper("La CAF", None, "aide_au_logement"),),
        ),
    ),
    endings=(
        Ending("Vous gardez le logement", "garder_logement", spans("La dette est payée petit à petit.")),
        Ending("Vous trouvez un autre logement", "autre_logement", spans("On vous aide à chercher.")),
    ),
    notes=(
        Note("information", "Ce que nous ne savons pas", spans("Nous ne savons pas si une aide est demandée. Appelez-nous."),
             short=spans("Nous ne savons pas si une aide est demandée.")),
    ),
    contact=CONTACT,
    printed_on="Imprimé le 1er décembre 2026",
    labels=(
        ("help", "Qui vous aide ?"), ("deadlines", "Dates à retenir"),
        ("milestones", "Votre dossier"), ("endings", "Comment cela peut finir"), ("step", "Étape {number}"),
        ("page", "Page {page} sur {pages}"), ("reference", "Référence"),
    ),
    reference="71-2026-0042",
    fictitious="FICTIF : exemple inventé",
)  # fmt: skip

LETTER = Letter(
    id="assignation",
    language="fr",
    reference="71-2026-0042",
    title="Venez au tribunal le mardi 9 février 2027 à 9 h 30",
    subject="votre rendez-vous du 9 février 2027",
    place_and_date="Brumeville, le 1er décembre 2026",
    sender=(
        "Préfecture du Val-de-Brume",
        "Service prévention des expulsions",
        "1 place de la Préfecture",
        "00100 BRUMEVILLE",
    ),
    sender_contact=("03 53 01 00 00", "du lundi au vendredi, de 9 h à 12 h"),
    recipient=("Mme Aïcha DURAND", "M. Karim DURAND", "12 rue des Tanneries", "Bâtiment B", "00100 BRUMEVILLE"),
    blocks=(
        Block(
            id="action", kind="action", title="Ce que vous devez faire", pictogram="audience",
            contents=(
                ItemList(
                    (
                        spans("**Venez au tribunal le mardi 9 février 2027 à 9 h 30 du matin.** Tribunal judiciaire de Brumeville, 3 rue du Palais."),
                        spans("**Payez votre loyer en entier chaque mois**, dès maintenant : 330 € par mois, après l'aide de la CAF."),
                        spans("**Appelez-nous avant le vendredi 15 janvier 2027 :** 03 53 01 00 00, du lundi au vendredi, de 9 h à 12 h."),
                    ),
                    ordered=True,
                ),
            ),
        ),
        Block(
            id="pourquoi", kind="section", title="Pourquoi cette lettre ?", pictogram="assignation",
            contents=(
                Paragraph(spans("Vous avez une dette de loyer. Votre propriétaire a demandé au juge d'arrêter votre bail. Un commissaire de justice vous a remis un papier : c'est l'assignation.")),
                Paragraph(spans("**Vous n'avez pas à partir maintenant.** Seul le juge peut décider.")),
            ),
        ),
        Block(
            id="si_vous_venez", kind="section", title="Si vous venez, si vous ne venez pas", pictogram=None,
            contents=(
                Table(
                    header=("Ce que vous faites", "Ce qui se passe"),
                    rows=(
                        (spans("Vous venez"), spans("Le juge vous écoute. Vous pouvez lui demander de payer petit à petit, jusqu'à 3 ans.")),
                        (spans("Vous ne venez pas"), spans("Le juge décide sans vous avoir entendue. Il peut arrêter votre bail.")),
                    ),
                ),
            ),
        ),
        Block(
            id="apportez", kind="section", title="Apportez", pictogram="apporter_papiers",
            contents=(
                ItemList((spans("cette lettre et l'assignation"), spans("les preuves des loyers payés"), spans("vos revenus"))),
                Paragraph(spans("Vous pouvez venir même s'il manque un papier. Vous pouvez venir avec quelqu'un.")),
            ),
        ),
        CONTACT,
    ),
    signature=Signature("Pour le préfet,", "Claude EXEMPLE", "cheffe du service prévention des expulsions"),
    labels=(("page", "Page {page} sur {pages}"), ("subject", "Objet"), ("reference", "Référence"), ("our_contact", "Nous appeler")),
    timeline=TIMELINE,
    fictitious="FICTIF : exemple inventé",
)  # fmt: skip
