"""How a person is told: which topics once a day, and the link to their own calendar."""

from collections.abc import Collection

from django.db import transaction

from core import audit, clock, post
from core.models import CalendarFeed, DailyTopic, User
from core.rules import refuse_if


@transaction.atomic
def choose_daily_topics(topics: Collection[str], *, by: User) -> None:
    """Keep the topics (keys of post.topics()) about which this person is told once a day; the rest come at once."""
    unknown = set(topics) - post.topics().keys()

    refuse_if([f"There is no topic called “{topic}”." for topic in sorted(unknown)])

    DailyTopic.objects.filter(person=by).exclude(topic__in=topics).delete()
    DailyTopic.objects.bulk_create(
        [DailyTopic(person=by, topic=topic) for topic in sorted(set(topics))], ignore_conflicts=True
    )

    audit.record("messages.chosen", on=by, by=by, sentence=f"Chose to be told of {len(set(topics))} topics once a day.")


@transaction.atomic
def make_calendar_link(*, by: User) -> CalendarFeed:
    """Give a person a link for their calendar; the one before stops working."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    CalendarFeed.objects.filter(person=by, revoked_at=None).update(revoked_at=clock.now())

    feed = CalendarFeed.objects.create(person=by)

    audit.record("calendar_link.made", on=feed, by=by, sentence="Made a link for their own calendar.")
    return feed


@transaction.atomic
def revoke_calendar_link(*, by: User) -> None:
    """Take the link back: from now on it answers that it has gone."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(person=by, revoked_at=None).first()

    refuse_if([] if feed else ["You have no calendar link."])

    feed.revoked_at = clock.now()
    feed.save()

    audit.record("calendar_link.revoked", on=feed, by=by, sentence="Took back the link for their own calendar.")
