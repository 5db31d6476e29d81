"""Two referrers for one referral, and a referral that begins as a copy of an earlier one."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from referrals.actions.referral import start_referral
from referrals.choices import TaskName
from referrals.models import Referral
from referrals.models.people_round import people_in, rows_for, together
from referrals.rules.copies import why_not_copy, why_not_join

MAY_COPY = (TaskName.CHILD, TaskName.VIEWS, TaskName.REQUEST, TaskName.NEEDS, TaskName.RISK, TaskName.SUPPORT)


@transaction.atomic
def join_referrer(referral: Referral, *, person: User, by: User) -> Referral:
    """Name a second referrer, such as the carers' supervising social worker; both see how it goes."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    works_here = any(
        held.role == Role.SOCIAL_WORKER and held.authority_id == referral.authority_id for held in person.current_roles
    )

    refuse_if(why_not_join(is_author=person.pk == referral.author_id, works_here=works_here, is_open=referral.is_open))

    referral.joint_referrer = person
    referral.save()
    if person != by:
        post.send(
            "referral.joined", key=f"joined:{referral.reference}:{person.pk}", to=person,
            subject=f"You are second referrer of {referral.reference}", link=referral.get_absolute_url(), about=referral,
            body=f"You were named as second referrer of {referral.reference}. You can read it and see how it goes.",
        )  # fmt: skip

    audit.record("referral.joined", on=referral, by=by, sentence=f"Named a second referrer of {referral.reference}.")
    return referral


@transaction.atomic
def copy_referral(earlier: Referral, *, sections, by: User) -> Referral:
    """Start a new referral for the same child with the sections chosen from an earlier one."""
    refuse_if(why_not_copy(sections, offered=MAY_COPY))

    referral = start_referral(earlier.child, by=by)
    old = {task.name: task for task in earlier.tasks.all()}
    for task in referral.tasks.filter(name__in=sections):
        people = rows_for(together(people_in(old[task.name].answers), people_in(task.answers)))
        task.answers, task.says_complete = {**task.answers, **old[task.name].answers, **people}, old[task.name].says_complete
        task.version, task.saved_at, task.saved_by = 1, clock.now(), by
        task.save()
    referral.copied_from = earlier
    referral.wants = referral.wants_from(referral.answers().get(TaskName.REQUEST, {}))
    referral.save()

    audit.record(
        "referral.copied", on=referral, by=by,
        sentence=f"Started {referral.reference} from {len(list(sections))} sections of {earlier.reference}.",
    )  # fmt: skip
    return referral
