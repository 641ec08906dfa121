"""The facts of a household as rows. Nothing computed here but the columns that `assess.refresh` fills."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from pex.tracker.models.accounts import Account, Structure
from pex.tracker.models.declared import Category, Purge, declared

SHORT, LONG = 300, 20_000


class Said(models.TextChoices):
    """Who said that something happened."""

    HOUSEHOLD = "menage", "Le ménage"
    LANDLORD = "bailleur", "Le bailleur"
    COMMISSAIRE = "commissaire_de_justice", "Le commissaire de justice"
    COURT = "tribunal", "Le tribunal"
    PREFECTURE = "prefecture", "La préfecture"
    CAF = "caf_msa", "La CAF ou la MSA"
    PARTNER = "partenaire", "Un partenaire"
    COMMISSION = "ccapex", "La CCAPEX"
    FILE = "fichier", "Un fichier importé"
    OTHER = "autre", "Autre source"


class Landlord(models.Model):
    """A landlord, shared by the dossiers of a structure that name exactly the same one."""

    id = declared(
        models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.LEASE, Purge.DELETE_ORPHAN
    )
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.LEASE, Purge.DELETE_ORPHAN)
    name = declared(models.CharField("nom", max_length=SHORT, null=True), Category.LEASE, Purge.DELETE_ORPHAN)
    type = declared(models.CharField("type", max_length=40, null=True), Category.LEASE, Purge.DELETE_ORPHAN)
    address = declared(models.CharField("adresse", max_length=SHORT, null=True), Category.LEASE, Purge.DELETE_ORPHAN)
    key = declared(models.CharField(max_length=SHORT, db_index=True, default=""), Category.LEASE, Purge.DELETE_ORPHAN)

    class Meta:
        verbose_name = "bailleur"

    def __str__(self) -> str:
        return self.name or "Bailleur inconnu"


class DossierQuerySet(models.QuerySet):
    """Every read of dossiers starts with `visible_to`."""

    def visible_to(self, user: Any) -> DossierQuerySet:
        """The dossiers that this account may see: those of its structure; none for an inactive one."""
        if not getattr(user, "is_active", False) or getattr(user, "structure_id", None) is None:
            return self.none()
        return self.filter(structure_id=user.structure_id)

    def with_facts(self) -> DossierQuerySet:
        """The same, with all that `assess.dossier_of` reads, in a fixed number of queries."""
        return self.select_related("landlord", "structure").prefetch_related("people", "debts", "events")


class Dossier(models.Model):
    """A household and its tenancy, followed by a structure.

    `version` grows at each change: two people who change the same dossier at once are told.
    """

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.PROCEDURE)
    structure = declared(models.ForeignKey(Structure, models.PROTECT, related_name="dossiers"), Category.PROCEDURE)
    reference = declared(models.CharField("référence", max_length=40), Category.IDENTITY)
    children = declared(models.PositiveSmallIntegerField("enfants", null=True), Category.IDENTITY, Purge.GENERALISE)
    language = declared(models.CharField("langue", max_length=8, default="fr"), Category.IDENTITY)
    address_lines = declared(models.JSONField("adresse", default=list), Category.ADDRESS)
    postcode = declared(models.CharField("code postal", max_length=5, null=True), Category.ADDRESS)
    commune = declared(models.CharField("commune", max_length=SHORT, null=True), Category.ADDRESS)
    commune_key = declared(models.CharField(max_length=SHORT, default=""), Category.ADDRESS)
    address_is_confidential = declared(models.BooleanField("adresse confidentielle", null=True), Category.ADDRESS)
    lease_signed_on = declared(models.DateField("bail signé le", null=True), Category.LEASE)
    lease_renewed_on = declared(models.DateField("bail renouvelé le", null=True), Category.LEASE)
    lease_type = declared(models.CharField("type de bail", max_length=20, null=True), Category.LEASE)
    clause_period = declared(models.CharField("délai de la clause", max_length=20, null=True), Category.LEASE)
    landlord = declared(models.ForeignKey(Landlord, models.PROTECT, null=True, related_name="dossiers"), Category.LEASE)
    departement = declared(models.CharField("département", max_length=3, null=True), Category.ADDRESS, Purge.GENERALISE)
    truce_from = declared(models.DateField("trêve locale, du", null=True), Category.PROCEDURE)
    truce_to = declared(models.DateField("trêve locale, au", null=True), Category.PROCEDURE)

    opened_on = declared(models.DateField("ouvert le", null=True), Category.PROCEDURE, Purge.GENERALISE)
    closed_on = declared(models.DateField("clos le", null=True), Category.PROCEDURE, Purge.GENERALISE)
    last_contact_on = declared(models.DateField("dernier contact", null=True), Category.SOCIAL)
    hold_reason = declared(models.CharField("motif de conservation", max_length=SHORT, default=""), Category.SOCIAL)
    opposes_letters = declared(models.BooleanField("s'oppose aux courriers", default=False), Category.SOCIAL)
    created_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)
    changed_at = declared(models.DateTimeField(auto_now=True), Category.TRACE)
    version = declared(models.PositiveIntegerField(default=1), Category.TRACE)

    label = declared(models.CharField("ménage", max_length=SHORT, default=""), Category.IDENTITY)
    stage = declared(models.CharField("étape", max_length=60, default=""), Category.COMPUTED, Purge.GENERALISE)
    stage_since = declared(models.DateField("à cette étape depuis", null=True), Category.COMPUTED)
    next_deadline = declared(models.DateField("prochaine échéance", null=True), Category.COMPUTED)
    next_rule = declared(models.CharField(max_length=80, default=""), Category.COMPUTED)
    flags = declared(models.JSONField("alertes", default=list), Category.COMPUTED)
    has_irregularity = declared(models.BooleanField(default=False), Category.COMPUTED)
    law_version = declared(models.CharField(max_length=64, default=""), Category.COMPUTED)
    assessed_on = declared(models.DateField(null=True), Category.COMPUTED)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier"
        constraints = (models.UniqueConstraint(fields=("structure", "reference"), name="one_reference_a_structure"),)
        indexes = (
            models.Index(fields=("structure", "next_deadline")),
            models.Index(fields=("structure", "stage", "stage_since")),
            models.Index(fields=("structure", "commune_key")),
            models.Index(fields=("structure", "label")),
            models.Index(fields=("structure", "has_irregularity")),
            models.Index(fields=("assessed_on", "law_version")),
        )

    def __str__(self) -> str:
        return self.reference


class Person(models.Model):
    """A person of the household; the first one is the addressee."""

    id = declared(models.BigAutoField(primary_key=True), Category.IDENTITY)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="people"), Category.IDENTITY)
    position = declared(models.PositiveSmallIntegerField(), Category.IDENTITY)
    civilite = declared(models.CharField("civilité", max_length=4, null=True), Category.IDENTITY)
    nom = declared(models.CharField("nom", max_length=SHORT, null=True), Category.IDENTITY)
    prenom = declared(models.CharField("prénom", max_length=SHORT, null=True), Category.IDENTITY)
    key = declared(models.CharField(max_length=600, db_index=True, default=""), Category.IDENTITY)

    class Meta:
        ordering = ("position",)
        verbose_name = "personne"

    def __str__(self) -> str:
        return " ".join(part for part in (self.civilite, self.prenom, self.nom) if part)


class Debt(models.Model):
    """What was owed on a day, and what the household pays and receives each month; euros.

    The current one is the last, by day then by order of entry: see `assess.current_debt`.
    """

    id = declared(models.BigAutoField(primary_key=True), Category.DEBT)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="debts"), Category.DEBT)
    amount = declared(models.DecimalField("dette", max_digits=10, decimal_places=2, null=True), Category.DEBT)
    observed_on = declared(models.DateField("constatée le", null=True), Category.DEBT)
    rent = declared(models.DecimalField("loyer", max_digits=10, decimal_places=2, null=True), Category.DEBT)
    charges = declared(models.DecimalField("charges", max_digits=10, decimal_places=2, null=True), Category.DEBT)
    housing_aid = declared(
        models.DecimalField("aide au logement", max_digits=10, decimal_places=2, null=True), Category.DEBT
    )
    tiers_payant = declared(models.BooleanField("tiers payant", null=True), Category.DEBT)
    housing_aid_regime = declared(models.CharField("régime", max_length=20, null=True), Category.DEBT)
    said_by = declared(
        models.CharField("dit par", max_length=40, choices=Said.choices, default=Said.OTHER), Category.DEBT
    )
    entered_by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE)
    entered_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)

    class Meta:
        ordering = ("id",)
        verbose_name = "dette"

    def __str__(self) -> str:
        return f"{self.amount} €"


class Event(models.Model):
    """Something that happened, or is planned. `details` are plain values, as the dossier file writes them."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.PROCEDURE)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="events"), Category.PROCEDURE)
    position = declared(models.PositiveIntegerField(), Category.PROCEDURE)
    type = declared(models.CharField("événement", max_length=80), Category.PROCEDURE, Purge.GENERALISE)
    date = declared(models.DateField("date", null=True), Category.PROCEDURE, Purge.GENERALISE)
    details = declared(models.JSONField("précisions", default=dict), Category.PROCEDURE)
    said_by = declared(
        models.CharField("dit par", max_length=40, choices=Said.choices, default=Said.OTHER), Category.PROCEDURE
    )
    entered_by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE)
    entered_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)

    class Meta:
        ordering = ("position",)
        verbose_name = "événement"
        indexes = (models.Index(fields=("type", "date")), models.Index(fields=("dossier", "type")))

    def __str__(self) -> str:
        return self.type


class AssessedDeadline(models.Model):
    """A deadline that runs or is held up, as pex computed it on `Dossier.assessed_on`: a cache, never the truth."""

    id = declared(models.BigAutoField(primary_key=True), Category.COMPUTED)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="deadlines"), Category.COMPUTED)
    rule = declared(models.CharField(max_length=80), Category.COMPUTED)
    last_day = declared(models.DateField(), Category.COMPUTED)
    status = declared(models.CharField(max_length=20), Category.COMPUTED)
    certainty = declared(models.CharField(max_length=20), Category.COMPUTED)
    binds = declared(models.CharField(max_length=60), Category.COMPUTED)

    class Meta:
        verbose_name = "échéance calculée"
        indexes = (models.Index(fields=("rule", "last_day")), models.Index(fields=("last_day", "status")))

    def __str__(self) -> str:
        return f"{self.rule} {self.last_day}"


class NoteKind(models.TextChoices):
    """What a note tells."""

    NOTE = "note", "Note"
    CONTACT = "contact", "Échange avec le ménage"
    ANSWER = "reponse", "Réponse du ménage"
    ATTEMPT = "tentative", "Tentative de contact sans réponse"


class Note(models.Model):
    """What somebody wrote about the household; a reserved one is for its own structure only."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.SOCIAL)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="notes"), Category.SOCIAL)
    kind = declared(
        models.CharField("nature", max_length=20, choices=NoteKind.choices, default=NoteKind.NOTE), Category.SOCIAL
    )
    text = declared(models.TextField("texte", max_length=LONG), Category.SOCIAL)
    on = declared(models.DateField("jour"), Category.SOCIAL)
    structure = declared(models.ForeignKey(Structure, models.PROTECT), Category.SOCIAL)
    reserved = declared(models.BooleanField("réservée à ma structure", default=False), Category.SOCIAL)
    author = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE)
    created_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)

    class Meta:
        ordering = ("-on", "-created_at")
        verbose_name = "note"
        indexes = (models.Index(fields=("dossier", "kind", "on")),)

    def __str__(self) -> str:
        return f"Note du {self.on}"


class Change(models.Model):
    """One change of a dossier, with what it replaced, so that the last one can be undone.

    `fields` are names; `before` and `after` are the facts as the dossier file writes them.
    """

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.PROCEDURE)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="changes"), Category.PROCEDURE)
    number = declared(models.PositiveIntegerField(), Category.TRACE)
    at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)
    by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE)
    what = declared(models.CharField("changement", max_length=SHORT), Category.PROCEDURE)
    fields = declared(models.JSONField(default=list), Category.TRACE)
    before = declared(models.JSONField(null=True), Category.PROCEDURE)
    after = declared(models.JSONField(null=True), Category.PROCEDURE)
    undone = declared(models.BooleanField(default=False), Category.TRACE)

    class Meta:
        ordering = ("-number",)
        verbose_name = "changement"
        constraints = (models.UniqueConstraint(fields=("dossier", "number"), name="one_change_a_number"),)

    def __str__(self) -> str:
        return self.what
