"""What the profile of a département holds, and what letters would lack: for `pex profil` and the page *Réglages*."""

from __future__ import annotations

from collections.abc import Iterator

from pex.letters import letter_ids
from pex.letters.postal import MOST_LINES, SMALLEST_LINE
from pex.letters.templates import read_template
from pex.profile import Profile


def check_profile(profile: Profile) -> tuple[str, ...]:
    """What is missing or wrong, a sentence each: the office, its services, the window, the letterhead."""
    return (*_office(profile), *_services(profile), *_addresses(profile), *_window(profile), *_letterhead(profile))


def tell_profile(profile: Profile) -> Iterator[tuple[str, str]]:
    """What the profile holds, one line a subject."""
    office, signer, window = profile.expediteur, profile.signataire, profile.fenetre
    yield "Profil", office.nom if office else "sans expéditeur"
    if office:
        yield "Nous appeler", ", ".join(filter(None, (office.telephone, office.horaires, office.courriel))) or "—"
    formula = (signer.formule or "").rstrip(" ,")
    yield "Signataire", ", ".join(filter(None, (formula, signer.nom, signer.fonction))) or "—"
    for label, file in (("Logo", profile.logo), ("Signature", profile.signature), ("Tampon", profile.stamp)):
        yield label, file.name if file else "—"
    paper = profile.file("papier_a_en_tete.docx")
    sides = "recto verso" if profile.recto_verso else "recto seul"
    yield "Papier", f"A4, {sides}, {paper.name if paper else 'sans papier à en-tête'}"
    side = "gauche" if window.is_left else "droite"
    yield (
        "Fenêtre",
        (
            f"à {side} ; l'adresse est à {window.gauche:.0f} mm du bord gauche et {window.haut:.0f} mm du haut, "
            f"dans {window.largeur:.0f} × {window.hauteur:.0f} mm"
        ),
    )
    yield "Services", ", ".join(sorted(profile.services)) or "aucun"
    for sector in profile.partenaires:
        yield (
            "Partenaires",
            f"{sector.secteur} ({', '.join((*sector.communes, *sector.codes_postaux))}) : "
            + ", ".join(service.nom for service in sector.services.values()),
        )


def _addresses(profile: Profile) -> Iterator[str]:
    """The addresses that the post would not read whole."""
    from pex.letters.postal import address_problems

    groups = [("services", profile.services), *((sector.secteur, sector.services) for sector in profile.partenaires)]
    for group, services in groups:
        for name, service in services.items():
            if service.adresse is not None:
                town = f"{service.adresse.code_postal or ''} {service.adresse.commune or ''}".strip()
                for problem in address_problems((service.nom, *service.adresse.lignes, town)):
                    yield f"« {group}.{name} » : {problem}."


def _window(profile: Profile) -> Iterator[str]:
    """Whether a whole address, six lines, stays large enough for the post in the window."""
    if profile.fenetre.hauteur < MOST_LINES * SMALLEST_LINE:
        yield (
            f"La fenêtre laisse {profile.fenetre.hauteur:.0f} mm à l'adresse : six lignes n'y tiennent pas. "
            "Choisissez une enveloppe à plus grande fenêtre."
        )


def _office(profile: Profile) -> Iterator[str]:
    office = profile.expediteur
    if office is None:
        yield "Il manque « expediteur » : sans lui, les courriers n'ont ni adresse, ni numéro à appeler."
    elif office.telephone is None:
        yield "Il manque « expediteur.telephone » : un courrier sans numéro à appeler n'est pas écrit."
    elif office.horaires is None:
        yield "« expediteur.horaires » n'est pas rempli : dites quand on peut appeler."
    if profile.signataire.nom is None:
        yield "« signataire.nom » n'est pas rempli : les courriers ne sont pas signés."
    if profile.lieu is None:
        yield "« lieu » n'est pas rempli : les courriers sont datés sans lieu."
    if profile.territoire.departement is None:
        yield "« territoire.departement » n'est pas rempli : les jours fériés sont ceux de la métropole."


def _services(profile: Profile) -> Iterator[str]:
    """The services that some letters need and this profile does not have."""
    users: dict[str, list[str]] = {}
    for letter_id in letter_ids():
        template = read_template(letter_id)
        wanted = {kind.removeprefix("service:") for kind in (template.sender, template.recipient) if "service:" in kind}
        wanted |= {need.split(".")[2] for need in template.needs if need.startswith("profil.services.")}
        for name in wanted - set(profile.services):
            users.setdefault(name, []).append(letter_id)
    for name, letters in sorted(users.items()):
        yield f"Sans « services.{name} », ces courriers ne peuvent pas être écrits : {', '.join(letters)}."


def _letterhead(profile: Profile) -> Iterator[str]:
    path = profile.file("papier_a_en_tete.docx")
    if path is not None:
        from pex.outputs.docx.letterhead_check import check_letterhead

        yield from (f"Papier à en-tête. {remark}" for remark in check_letterhead(path, profile.fenetre))
