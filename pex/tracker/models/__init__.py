"""The rows. Facts are stored; deadlines are computed by `pex.tracker.assess`."""

from pex.tracker.models.accounts import Account, Role, Structure
from pex.tracker.models.batches import Batch, BatchItem, BatchState, ItemState
from pex.tracker.models.commission import (
    AgendaItem,
    FollowUp,
    HousingAidCase,
    Outcome,
    Recommendation,
    Session,
    SessionKind,
)
from pex.tracker.models.dossier import (
    AssessedDeadline,
    Change,
    Debt,
    Dossier,
    Event,
    Landlord,
    Note,
    NoteKind,
    Person,
    Said,
)
from pex.tracker.models.imports import ColumnMap, Import, ImportedRow
from pex.tracker.models.journal import JournalEntry
from pex.tracker.models.letters import Channel, LetterFile, SentLetter
from pex.tracker.models.partners import Help, Partner, Referral
from pex.tracker.models.retention import PastDossier, PurgeCertificate, Tombstone
from pex.tracker.models.search import SearchVariant, SearchWord
from pex.tracker.models.settings import Setting
from pex.tracker.models.tasks import Task, TaskKind

__all__ = [
    "Account",
    "AgendaItem",
    "AssessedDeadline",
    "Batch",
    "BatchItem",
    "BatchState",
    "Change",
    "Channel",
    "ColumnMap",
    "Debt",
    "Dossier",
    "Event",
    "FollowUp",
    "Help",
    "HousingAidCase",
    "Import",
    "ImportedRow",
    "ItemState",
    "JournalEntry",
    "Landlord",
    "LetterFile",
    "Note",
    "NoteKind",
    "Outcome",
    "Partner",
    "PastDossier",
    "Person",
    "PurgeCertificate",
    "Recommendation",
    "Referral",
    "Role",
    "Said",
    "SearchVariant",
    "SearchWord",
    "SentLetter",
    "Session",
    "SessionKind",
    "Setting",
    "Structure",
    "Task",
    "TaskKind",
    "Tombstone",
]
