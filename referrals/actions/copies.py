"""Two referrers for one referral, and a referral that begins as a copy of an earlier one."""

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from referrals.actions.referral import start_referral
from referrals.choices import TaskName
from referrals.models import JoinRequest, Referral
from referrals.models.people_round import people_in, rows_for, together
from referrals.rules.copies import (
    why_not_answer_joiner,
    why_not_ask_to_join,
    why_not_copy,
    why_not_join,
)

MAY_COPY = (TaskName.CHILD, TaskName.VIEWS, TaskName.REQUEST, TaskName.NEEDS, TaskName.RISK, TaskName.SUPPORT)


@transaction.atomic
def join_referrer(referral: Referral, *, person: User, by: User) -> Referral:
    """Name a second referrer, such as the carers' supervising social worker; both see how it goes."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    refuse_if(why_not_join(
        is_author=person.pk == referral.author_id, works_here=_works_here(person, referral), is_open=referral.is_open,
    ))  # fmt: skip

    referral.joint_referrer = person
    referral.save()
    referral.join_requests.filter(answered_at=None, person=person).update(
        answered_at=clock.now(), answered_by=by, is_accepted=True
    )
    if person != by:
        post.send(
            "referral.joined", key=f"joined:{referral.reference}:{person.pk}", to=person,
            subject=f"You are second referrer of {referral.reference}", link=referral.get_absolute_url(), about=referral,
            body=f"You were named as second referrer of {referral.reference}. You can read it and see how it goes.",
        )  # fmt: skip

    audit.record("referral.joined", on=referral, by=by, sentence=f"Named a second referrer of {referral.reference}.")
    return referral


def _works_here(person: User, referral: Referral) -> bool:
    """Whether somebody is a social worker of the referral's council."""
    return any(
        held.role == Role.SOCIAL_WORKER and held.authority_id == referral.authority_id for held in person.current_roles
    )


@transaction.atomic
def ask_to_join(referral: Referral, *, by: User) -> JoinRequest:
    """Ask whoever wrote a referral to be its second referrer; they are told, and name them or say no."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    refuse_if(why_not_ask_to_join(
        works_here=_works_here(by, referral), is_referrer=by.pk in {referral.author_id, referral.joint_referrer_id},
        is_open=referral.is_open, has_second=referral.joint_referrer_id is not None,
        has_asked=referral.join_requests.filter(person=by, answered_at=None).exists(),
    ))  # fmt: skip

    asked = JoinRequest.objects.create(referral=referral, person=by, asked_at=clock.now())
    post.send(
        "referral.join_asked", key=f"join:{asked.reference}", to=referral.author, about=referral,
        subject=f"{by} asks to join {referral.reference}", link=f"{referral.get_absolute_url()}/second-referrer",
        body=f"{by} asks to be second referrer of {referral.reference}. Name them, or say no.",
    )  # fmt: skip

    audit.record("referral.join_asked", on=referral, by=by, sentence=f"Asked to be second referrer of {referral.reference}.")
    return asked


@transaction.atomic
def turn_down_joiner(asked: JoinRequest, *, by: User) -> JoinRequest:
    """Say no to somebody who asked to be second referrer; they are told."""
    asked = JoinRequest.objects.select_for_update(of=("self",)).select_related("referral", "person").get(pk=asked.pk)

    refuse_if(why_not_answer_joiner(is_answered=asked.answered_at is not None))

    asked.answered_at, asked.answered_by, asked.is_accepted = clock.now(), by, False
    asked.save()
    post.send(
        "referral.join_answered", key=f"join-no:{asked.reference}", to=asked.person, about=asked.referral,
        subject=f"About {asked.referral}", link=asked.get_absolute_url(),
        body=f"You asked to be second referrer of {asked.referral}. Whoever wrote it goes on alone. Talk to them if you need to.",
    )  # fmt: skip

    audit.record(
        "referral.join_turned_down", on=asked.referral, by=by, sentence=f"Said no to a second referrer of {asked.referral}."
    )
    return asked


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
