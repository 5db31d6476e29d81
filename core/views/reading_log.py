"""What each person has opened: the other side of "who has looked at this record"."""

from django.db.models import Max

from core.models import AuditEvent, User
from core.reading import log_read
from core.roles import Permission, Role
from core.views.bases import RecordDetail, RecordList

MOST = 50


class ReadingLog(RecordList):
    """Everybody who works for the council or its providers, those who opened something last first."""

    permission = Permission.SEE_AUDIT
    template_name = "core/reading_log.html"
    model = User

    def records(self):
        return User.objects.of_authority(self.request.user.acting.authority_id).order_by("full_name", "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        people = context["object_list"]
        context["sees_people"] = self.request.user.can(Permission.SEE_PEOPLE)
        context["may_recall"] = self.request.user.can(Permission.RECALL_LETTERS)
        mine = AuditEvent.objects.readings().filter(
            person_id__in=[person.pk for person in people], authority_id=self.request.user.acting.authority_id
        )
        last = dict(mine.values_list("person_id").annotate(Max("at")).order_by())
        for person in people:
            person.last_opened_at = last.get(person.pk)
        return context


def children_of(events) -> dict[int, str]:
    """The reference of each child that these events are about, as the trail itself has it: a score's number says nothing of whose it is."""
    about = AuditEvent.objects.filter(subject_type="referrals.child", child_id__in={event.child_id for event in events})
    return dict(about.order_by().values_list("child_id", "subject_reference").distinct())


class WhatOneOpened(RecordDetail):
    """Every record that one person opened or took away, newest first; that somebody looked is in the log too."""

    permission = Permission.SEE_AUDIT
    template_name = "core/what_one_opened.html"
    model = User

    def records(self):
        return User.objects.of_authority(self.request.user.acting.authority_id)

    def get_object(self, queryset=None):
        person = super().get_object(queryset)
        log_read(person, by=self.request.user)
        return person

    def get_context_data(self, **kwargs):
        page = RecordList._page(self)
        rows = AuditEvent.objects.readings().filter(person_id=self.object.pk, authority_id=self.request.user.acting.authority_id)
        start = (page - 1) * MOST
        found = list(rows.order_by("-at", "-pk")[start : start + MOST + 1])
        whose = children_of(found)
        for event in found:
            event.role_label = Role(event.role).label if event.role in Role.values else ""
            event.whose = whose.get(event.child_id, "")
        return super().get_context_data(
            readings=found[:MOST], page=page, previous_page=page - 1 if page > 1 else None,
            next_page=page + 1 if len(found) > MOST else None, **kwargs,
        )  # fmt: skip
