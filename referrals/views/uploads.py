"""Files as they are posted: their names and bytes, the big ones left unread."""

from referrals.models.kept_file import LARGEST

MOST_FILES = 20


def uploads_in(request) -> list[tuple[str, bytes | None]]:
    """The names and bytes of what was chosen; a file over the limit is named and not read."""
    chosen = [*request.FILES.getlist("files"), *request.FILES.getlist("camera")][:MOST_FILES]
    return [named_bytes(file) for file in chosen]


def named_bytes(file) -> tuple[str, bytes | None]:
    """The name and bytes of one file that was chosen; None where it is over the limit, which is not read."""
    return file.name or "file", None if file.size > LARGEST else file.read()
