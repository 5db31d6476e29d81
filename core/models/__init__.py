"""What core keeps: people, the trail, due work, messages, files and documents."""

from core.models.audit_event import AuditEvent
from core.models.authority import Authority, Organisation, Team
from core.models.choices_of_people import CalendarFeed, DailyTopic
from core.models.closure import Closure
from core.models.code_guesses import CodeGuesses
from core.models.dated_setting import DatedSetting
from core.models.document import Document, DocumentVersion
from core.models.idempotency_key import HeldPost, IdempotencyKey
from core.models.message import Message
from core.models.named_export import NamedExport
from core.models.outbox_job import OutboxJob
from core.models.print_progress import PrintProgress
from core.models.recall import Recall
from core.models.role_held import RoleHeld
from core.models.role_proposal import RoleProposal
from core.models.saved_view import ListExport, SavedView
from core.models.seal import Seal
from core.models.stored_file import StoredFile
from core.models.user import User

__all__ = [
    "AuditEvent",
    "Authority",
    "CalendarFeed",
    "Closure",
    "CodeGuesses",
    "DailyTopic",
    "DatedSetting",
    "Document",
    "DocumentVersion",
    "HeldPost",
    "IdempotencyKey",
    "ListExport",
    "Message",
    "NamedExport",
    "Organisation",
    "OutboxJob",
    "PrintProgress",
    "Recall",
    "RoleHeld",
    "RoleProposal",
    "SavedView",
    "Seal",
    "StoredFile",
    "Team",
    "User",
]
