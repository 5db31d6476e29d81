"""What follows a circulated pack: a correction, which is a new version that says why, and dated supplements; the pack never changes."""

from django.db import transaction

from core import audit, clock, documents, files, outbox, pdf, post
from core.binding import pages_of
from core.dates import day_in_words
from core.models import User
from core.roles import Permission
from core.rules import refuse_if
from kpis.actions.child_counts import tell_child_counts
from kpis.models import Pack, PackCorrection, PackSupplement
from kpis.papers.asking import commentary_of
from kpis.papers.check import small_in, small_numbers
from kpis.papers.pack import pack_facts
from kpis.rules.packs import why_not_add, why_not_answer_correction, why_not_correct
from panels.models.room import chairs_of, may_chair, people_served


@transaction.atomic
def correct_pack(pack: Pack, *, why: str, by: User) -> Pack:
    """Freeze a circulated pack again as its records stand now: a new version that says why, and waits for the chair's approval."""
    pack = Pack.objects.locked(pack.meeting.reference)
    last, waits = pack.version, pack.correcting
    tell_child_counts(pack.meeting.panel.authority, by=by)
    facts = pack_facts(pack.meeting, commentary_of(pack)) if last else {}

    refuse_if(why_not_correct(
        pack.state, is_settled=waits is None, small_counts=small_numbers(facts) + small_in(why),
    ))  # fmt: skip

    facts["correction"] = {
        "replaces": last.number, "why": why, "by": by.full_name, "on": day_in_words(clock.today()),
    }  # fmt: skip
    version = documents.freeze(pack.document, facts, why=why)
    correction = PackCorrection.objects.create(pack=pack, version=version, asked_by=by)
    _ask_approval(correction)

    audit.record(
        "pack.corrected", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Corrected the pack for {pack.meeting}: version {version.number}.",
    )  # fmt: skip
    return pack


def _ask_approval(correction: PackCorrection) -> None:
    """Whoever may take the chair, and did not write it, is asked once."""
    pack = correction.pack
    people = User.objects.filter(pk__in=chairs_of(pack.meeting) - {correction.asked_by_id}).order_by("pk")
    subject = f"A correction of the pack for {pack.meeting} waits for your approval"
    post.send_each(
        "pack.correction", list(people), key=f"pack:correction:{correction.version_id}", subject=subject[:200], body=f"{subject}.",
        link=correction.get_absolute_url(), about=pack,
    )  # fmt: skip


@transaction.atomic
def answer_correction(pack: Pack, *, approved: bool, because: str = "", by: User) -> PackCorrection | None:
    """The chair or a delegate approves the correction that waits, and it is printed and sent; or turns it down, saying why."""
    pack = Pack.objects.locked(pack.meeting.reference)
    row = pack.corrections.waiting().select_for_update(of=("self",)).select_related("version").first()
    chairs = by.can(Permission.APPROVE_PACKS) and may_chair(pack.meeting, by)

    refuse_if(why_not_answer_correction(waits=row is not None, may_chair=chairs, wrote_it=row is not None and row.asked_by_id == by.pk))

    row.is_approved, row.because, row.answered_at, row.answered_by = approved, because, clock.now(), by
    row.save()
    if approved:
        outbox.enqueue("pack.correct", subject=pack.reference)

    audit.record(
        "pack.correction_answered", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"{'Approved' if approved else 'Turned down'} version {row.version.number} of the pack for {pack.meeting}.",
    )  # fmt: skip
    return row


@transaction.atomic
def add_supplement(pack: Pack, *, title: str, words: str, part: str = "", by: User) -> PackSupplement:
    """Put something that became known later beside a circulated pack, with its day and the part it is about; the worker prints it."""
    pack = Pack.objects.locked(pack.meeting.reference)

    refuse_if(why_not_add(pack.state, small_in(words) + small_in(title)))

    number = pack.supplements.count() + 1
    supplement = PackSupplement.objects.create(pack=pack, number=number, title=title, words=words, part=part, added_by=by)
    outbox.enqueue("pack.supplement", subject=pack.reference)

    audit.record(
        "pack.added", on=pack, by=by, authority=pack.meeting.panel.authority,
        sentence=f"Added supplement {number} to the pack for {pack.meeting}.",
    )  # fmt: skip
    return supplement


@transaction.atomic
def print_supplements(reference: str, *, by: User | None = None) -> str:
    """Print the supplements not printed yet, each with pages of its own that follow the last one's; the last one's SHA-256.

    They are printed before the pack is held, so that nobody waits for the printer.
    """
    printed = _printed(PackSupplement.objects.filter(pack__meeting__reference=reference))
    pack = Pack.objects.locked(reference)
    sha256 = ""
    for one in pack.supplements.select_related("file").order_by("number"):
        if not one.file_id and one.pk in printed:
            _keep(pack, one, *printed[one.pk])
            _tell(pack, f"supplement:{one.number}", f"Something was added to the pack for {pack.meeting}")
            audit.record(
                "pack.added_printed", on=pack, by=by, authority=pack.meeting.panel.authority,
                sentence=f"Circulated supplement {one.number} to the pack for {pack.meeting}.",
            )  # fmt: skip
        sha256 = one.file.sha256 if one.file_id else sha256
    return sha256


def _printed(rows) -> dict[int, tuple[bytes, int]]:
    """The PDF of each supplement that has none, and the page it begins on."""
    found, page = {}, 1
    for one in rows.select_related("added_by", "pack__meeting__panel__authority").order_by("number"):
        if one.file_id:
            page = one.first_page + one.pages
            continue
        facts = {
            "title": one.title, "words": one.words, "number": one.number, "by": one.added_by.full_name,
            "on": day_in_words(one.added_at.astimezone(clock.LONDON).date()), "meeting": str(one.pack.meeting),
            "council": one.pack.meeting.panel.authority.name, "page": page,
        }  # fmt: skip
        title = f"Supplement {one.number} to the pack for {one.pack.meeting}"
        found[one.pk] = pdf.render_pdf("kpis/print/pack_supplement.html", {"late": facts}, title=title), page
        page += pages_of(found[one.pk][0])
    return found


def _keep(pack: Pack, one: PackSupplement, content: bytes, page: int) -> None:
    """One supplement's PDF is kept by its hash, with the pages it has."""
    one.file = files.store(
        content, name=f"pack-{pack.reference}-supplement-{one.number}.pdf", media_type="application/pdf", authority=pack.meeting.panel.authority
    )
    one.first_page, one.pages = page, pages_of(content)
    one.save()


def _tell(pack: Pack, what: str, subject: str) -> None:
    """One message to everybody served, once for ever."""
    people = [person for _, person in people_served(pack.meeting)]
    post.send_each(
        "pack.later", people, key=f"pack:{what}:{pack.reference}:{pack.meeting.sequence}", subject=subject, body=f"{subject}.",
        link=pack.get_absolute_url(), about=pack,
    )  # fmt: skip
