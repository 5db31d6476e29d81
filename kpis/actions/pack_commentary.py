"""Commentary of packs: asked of named people with the draft, chased, and written until the freeze."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from core.roles import Permission
from core.rules import refuse_if
from kpis.choices import PackState
from kpis.models import Pack, PackCommentary
from kpis.models.pack import pack_clock
from kpis.papers.asking import people_to_ask
from kpis.papers.check import small_in
from kpis.rules.packs import why_not_write


@transaction.atomic
def ask_for_commentary(pack: Pack, *, by: User | None) -> list[PackCommentary]:
    """Ask somebody by name for each part's commentary, once."""
    if pack.asked.exists():
        return []

    due, people = pack_clock(pack.meeting).freeze_on, people_to_ask(pack.meeting)
    rows = PackCommentary.objects.bulk_create(
        PackCommentary(pack=pack, part=part, asked_of=person, due_on=due) for part, person in people.items()
    )
    for row in rows:
        _ask(row, "ask", f"Write on {row.about} for the pack")

    if rows:
        audit.record(
            "pack.asked", on=pack, by=by, authority=pack.meeting.panel.authority,
            sentence=f"Asked for {len(rows)} commentaries of the pack for {pack.meeting}.",
        )  # fmt: skip
    return rows


@transaction.atomic
def chase_commentary(reference: str, *, by: User | None = None) -> int:
    """Ask again for what is missing, once a day; gives how many were asked."""
    pack = Pack.objects.select_for_update(of=("self",)).get(meeting__reference=reference)
    if pack.state != PackState.DRAFTED:
        return 0

    rows = list(pack.asked.missing().select_related("asked_of", "pack__meeting__panel"))
    for row in rows:
        _ask(row, f"chase:{clock.today()}", f"Still missing: {row.about} for the pack")

    audit.record(
        "pack.chased", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Asked again for {len(rows)} commentaries of the pack for {pack.meeting}.",
    )  # fmt: skip
    return len(rows)


def _ask(row: PackCommentary, key: str, subject: str) -> None:
    """One message to the person who was asked."""
    post.send(
        "pack.commentary", key=f"pack:{key}:{row.pk}", to=row.asked_of, subject=subject, link=row.get_absolute_url(), about=row.pack,
        body=f"{subject} of {row.pack.meeting}, by {day_in_words(row.due_on)}. The figures are frozen that day.",
    )  # fmt: skip


@transaction.atomic
def write_commentary(row: PackCommentary, *, words: str, by: User) -> PackCommentary:
    """Keep what somebody wrote of one part, until the figures are frozen."""
    pack = Pack.objects.select_for_update(of=("self",)).get(pk=row.pack_id)
    row = PackCommentary.objects.select_for_update(of=("self",)).get(pk=row.pk)
    asked = row.asked_of_id == by.pk or by.can(Permission.BUILD_PACKS)

    refuse_if(why_not_write(pack.state, is_asked=asked, small_counts=small_in(words)))

    row.words, row.written_at, row.written_by = words, clock.now(), by
    row.save()

    audit.record(
        "pack.written", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Wrote the commentary on {row.about} for {pack.meeting}.",
    )  # fmt: skip
    return row
