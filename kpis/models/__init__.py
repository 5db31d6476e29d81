"""Registers, indicators with values, imports, actions of plans, packs, reports to boards, providers' returns, reviews of contracts, clients of the interface."""

from kpis.models.api_client import ApiClient
from kpis.models.assessment import Assessment, SiteVisit
from kpis.models.board_report import BoardReport
from kpis.models.contract_review import (
    ContractReview,
    ProposedReview,
    ReviewFinding,
    ReviewPlan,
    ReviewRhythm,
)
from kpis.models.disposal import Disposal
from kpis.models.figure_release import FigureRelease
from kpis.models.imports import (
    Import,
    ImportFile,
    ImportPart,
    ImportProblem,
    ImportProgress,
    ReturnedRow,
)
from kpis.models.indicator import (
    Indicator,
    IndicatorBenchmark,
    IndicatorDefinition,
    IndicatorTarget,
    IndicatorValue,
)
from kpis.models.kept_figure import FigureChange, KeptBoard, KeptFigure
from kpis.models.pack import Pack
from kpis.models.pack_parts import PackCommentary, PackCorrection, PackSupplement
from kpis.models.progress import ProgressNote
from kpis.models.provider_return import Return, ReturnCorrection, ReturnRow, ReturnTarget
from kpis.models.rebase import Rebase
from kpis.models.recommendation import Recommendation
from kpis.models.register import Register
from kpis.models.regular_report import RegularReport
from kpis.models.relied_on import ReliedDocument
from kpis.models.subject_access import SubjectEntry, SubjectRequest
from kpis.models.tracker import ActionStep, ActionWording, TrackedAction

__all__ = [
    "ActionStep",
    "ActionWording",
    "ApiClient",
    "Assessment",
    "BoardReport",
    "ContractReview",
    "Disposal",
    "FigureChange",
    "FigureRelease",
    "Import",
    "ImportFile",
    "ImportPart",
    "ImportProblem",
    "ImportProgress",
    "Indicator",
    "IndicatorBenchmark",
    "IndicatorDefinition",
    "IndicatorTarget",
    "IndicatorValue",
    "KeptBoard",
    "KeptFigure",
    "Pack",
    "PackCommentary",
    "PackCorrection",
    "PackSupplement",
    "ProgressNote",
    "ProposedReview",
    "Rebase",
    "Recommendation",
    "Register",
    "RegularReport",
    "ReliedDocument",
    "Return",
    "ReturnCorrection",
    "ReturnRow",
    "ReturnTarget",
    "ReturnedRow",
    "ReviewFinding",
    "ReviewPlan",
    "ReviewRhythm",
    "SiteVisit",
    "SubjectEntry",
    "SubjectRequest",
    "TrackedAction",
]
