"""A referral as a file by the Placements Data Standard, and the schema that such files follow."""

import json

from django.http import JsonResponse
from django.views.generic import View

from core.roles import Permission, Role
from core.views.bases import ANYONE_SIGNED_IN, Guarded
from core.views.files import RecordFile, attachment
from referrals.choices import TaskName
from referrals.forms.standard.document import SCHEMA, Sight, placements_standard
from referrals.models import Child, Placement
from referrals.views.answers import reads_section
from referrals.views.referral import ReferralRecord

JSON = "application/json"
# Who reads where a child lives: those who work with the child, whoever leads them, and information governance.
READS_WHERE = {
    Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE, Role.CHAIR,
    Role.PRACTITIONER, Role.PROVIDER_MANAGER, Role.GOVERNANCE,
}  # fmt: skip


def sight_of(referral, user) -> Sight:
    """What a person may read of a referral that they see."""
    child = user.can(Permission.SEE_CHILDREN) and Child.objects.visible_to(user).filter(pk=referral.child_id).exists()
    return Sight(
        child=child, risks=reads_section(TaskName.RISK, referral, user), home=child, where=user.acting.role in READS_WHERE,
        price=user.can(Permission.COMPARE_JOURNEYS),
    )  # fmt: skip


class PlacementsStandard(ReferralRecord, RecordFile):
    """One referral by the Placements Data Standard, as far as this reader may read it."""

    permission = Permission.SEE_REFERRALS
    taken_as = "a file by the Placements Data Standard"

    def made(self, record):
        user = self.request.user
        homes = Placement.objects.visible_to(user).filter(stay__referral=record).select_related("stay__place__home", "stay__place__provision", "recorded_by")
        home = homes.prefetch_related("prices__set_by", "stay__place__home__registrations").order_by("-starts_on").first()
        content = json.dumps(placements_standard(record, home=home, sight=sight_of(record, user)), indent=1, ensure_ascii=False)
        return attachment(content.encode(), media_type=JSON, name=f"{record.reference}-placements-data-standard.json")


class PlacementsStandardSchema(Guarded, View):
    """The JSON Schema that such a file follows, in our own words."""

    permission = ANYONE_SIGNED_IN

    def get(self, request):
        return JsonResponse(SCHEMA, content_type="application/schema+json")
