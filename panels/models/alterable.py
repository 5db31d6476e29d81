"""What a proposal to alter the terms changes, and which meeting can consider it first."""

from core import clock
from panels.models.composition import silenced
from panels.models.terms_numbers import editable, value_of
from panels.rules.alteration import first_that_qualifies

MOST = 24


def which_change(terms, changes: list[dict]) -> list[dict]:
    """Those clauses of a proposal whose words or numbers differ from the version in force, with only what differs."""
    before = {clause.number: clause for clause in terms.clauses.all()}
    found = []
    for change in changes:
        was = before.get(change["number"])
        if change.get("is_removed"):
            found += [_taken_out(was)] if was is not None else []
            continue
        text = "\n".join(line.rstrip() for line in change["text"].strip().splitlines())
        known = editable(was) if was is not None else []
        given = change.get("numbers", {})
        numbers = {name: given[name] for name in known if name in given and given[name] != value_of(terms, name)}
        if was is None or text != was.text.strip() or numbers:
            found.append({
                "number": change["number"], "heading": change.get("heading") or was.heading, "text": text,
                "numbers": numbers, "is_new": was is None,
            })  # fmt: skip
    return found


def _taken_out(clause) -> dict:
    """A clause taken out, with its words as they were and the terms silent on its numbers."""
    return {
        "number": clause.number, "heading": clause.heading, "text": clause.text, "numbers": silenced(clause), "is_new": False,
        "is_removed": True,
    }  # fmt: skip


def meetings_ahead(panel) -> list:
    """The meetings a body is still to hold, soonest first."""
    rows = panel.meetings.to_come().filter(starts_at__gt=clock.now()).select_related("panel", "terms", "chair")
    return list(rows.soonest_first()[:MOST])


def next_that_qualifies(panel, terms, *, after=None, since="today"):
    """The day of the first meeting that can consider a proposal sent today, after one meeting; None for none.

    With `since` None the proposal was sent long enough ago for any meeting to consider it.
    """
    ahead = [meeting.on for meeting in meetings_ahead(panel) if after is None or meeting.starts_at > after.starts_at]
    return first_that_qualifies(ahead, clock.today(), terms.alteration_days if since else None)
