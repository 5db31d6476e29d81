"""Every deed is whole, names who did it, and leaves one row in the trail."""

import ast
import re

from tests.architecture.code import functions, name_of, sources

WRITES = re.compile(r"\.(save|create|update|delete|bulk_create|get_or_create|update_or_create)\(")
# Writes outside actions, each with its reason.
MAY_WRITE = {
    "core/audit.py": "the only writer of the trail",
    "core/gathering.py": "writes together what that writer hands over",
    "core/printing.py": "how far a document is, beside its deed and for the eye alone",
    "core/outbox.py": "the outbox claims and marks its own rows",
    "core/post.py": "a message is queued in the deed's transaction",
    "core/files.py": "a stored file's row is written with its bytes",
    "core/documents.py": "a version is frozen in the deed's transaction",
    "core/idempotency.py": "a form's key is claimed in the deed's transaction",
    "core/seals.py": "a row in the trail about each seal of the trail would never end",
    "referrals/models/referral.py": "move_to guards the status table",
    "config/management/commands/add_administrator.py": "sets the first password",
}


# Helpers that deeds share inside their own transaction, each with its reason.
NOT_DEEDS = {
    "add_in_place": "numbers its caller's item under its caller's lock",
    "freeze_papers": "freezes in its caller's transaction",
    "give_papers": "tells rights in its caller's transaction",
    "signers_for": "reads who may sign next",
    "tell_signers": "queues messages in its caller's transaction",
    "goes_on": "reads whether support goes on after a stay",
    "on_closed": "registers what an upper app does when a record is closed",
    "lock_provisions": "locks in its caller's transaction",
    "lock_stay": "locks in its caller's transaction",
    "no_clash": "turns a clash underneath its caller's write into a sentence",
    "no_room": "reads whether every day has a place",
    "why_not_bed": "reads whether a bed is free",
    "why_not_live": "reads what the law says of a home",
    "add_stay": "writes its caller's new stay, under its caller's lock",
    "settle": "puts its caller's stays on numbers, under its caller's lock",
    "apart": "lets its caller's stays change places",
    "lapse_later": "queues a look in its caller's transaction",
    "why_not_there": "reads whether a stay fits",
    "write_dates": "writes its caller's stay under its caller's lock",
    "move_follower": "moves what is held after its caller's stay",
    "open_rooms": "opens what its caller's stay held closed",
    "hold_rooms_until": "keeps closed what its caller's stay holds",
    "let_go": "frees what its caller declined, withdrew or let lapse",
    "close_up": "numbers its caller's agenda, under its caller's lock",
    "slot_beside": "reads which slot a linked child has",
    "put_beside": "puts its caller's item into a slot",
    "leave_slot": "takes its caller's item out of a slot",
    "chair_for": "reads who holds the chair's seat on a day",
    "pass_the_chair": "gives its caller's meetings their chair, under its caller's lock",
    "write_version": "copies one version of the terms into the next for its caller's adoption",
    "tell_about": "queues a message in its caller's transaction",
    "give_number": "numbers its caller's decision, under its caller's lock",
    "tell_referral": "tells a referral what its caller agreed",
    "lock_books": "locks in its caller's transaction",
    "lock_payment": "locks in its caller's transaction",
    "move_pounds": "writes in the books under its caller's lock",
    "gave_other_step": "reads whether a person gave another step",
    "tell_readers": "queues messages in its caller's transaction",
    "readers_of": "reads who is told",
    "remove_record": "removes under its caller's lock, in its caller's transaction",
    "unread_of": "reads which parts somebody has still to look at",
    "pack_facts": "gives what a print is made of",
    "blanked": "gives frozen facts without one item's words",
    "carry_acts": "brings its caller's meeting what an earlier one left",
}


def public_actions():
    for path, tree in sources("actions/*.py"):
        for function in tree.body:
            if isinstance(function, ast.FunctionDef) and not (
                function.name.startswith("_") or function.name in NOT_DEEDS
            ):
                yield path, function


def text_of(node) -> str:
    return ast.unparse(node)


def is_atomic(function) -> bool:
    return any("atomic" in text_of(decorator) for decorator in function.decorator_list) or (
        "transaction.atomic()" in text_of(function)
    )


def test_every_action_is_atomic_and_names_who_did_it():
    wrong = [
        f"{name_of(path)}: {function.name}"
        for path, function in public_actions()
        if not is_atomic(function)
        or "by" not in {argument.arg for argument in function.args.kwonlyargs}
        or not ast.get_docstring(function)
    ]

    assert wrong == []


def test_every_action_is_audited():
    """Itself, or by a function of its own file or another action that it calls."""
    named = {function.name: function for _, function in public_actions()}
    wrong = []
    for path, function in public_actions():
        own = {f.name: f for f in functions(ast.parse(path.read_text()))}
        if not _reaches_audit(function, {**named, **own}, set()):
            wrong.append(f"{name_of(path)}: {function.name}")

    assert wrong == []


def _reaches_audit(function, known, seen) -> bool:
    if re.search(r"audit\.record(_for_each)?\(", text_of(function)):
        return True
    seen.add(function.name)
    calls = {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }
    return any(
        _reaches_audit(known[name], known, seen) for name in calls & known.keys() if name not in seen
    )


def test_nothing_else_writes():
    wrong = [
        f"{name_of(path)}: {line.strip()}"
        for path, _ in sources()
        if "/actions/" not in name_of(path) and name_of(path) not in MAY_WRITE
        for line in path.read_text().splitlines()
        if WRITES.search(line) and "hashlib" not in line and "dict" not in line
        and re.search(r"objects|\bself\.\w+\.|\.save\(\)|form\.save", line)
    ]  # fmt: skip

    assert wrong == []
