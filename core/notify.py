"""GOV.UK Notify, where the council has a key: letters handed over, and what became of them.

One template of the council's with two parts, ((subject)) and ((body)), carries every letter.
"""

from datetime import UTC, datetime

from django.conf import settings

from core.late import Late

jwt, requests = Late("jwt"), Late("requests")

TIMEOUT = (3, 10)
# What Notify says of a letter that has an end: it arrived, or it never will.
ARRIVED, LOST = {"delivered"}, {"permanent-failure", "temporary-failure", "technical-failure"}


class NotifyRefusedError(Exception):
    """Notify did not take a letter; the words are its own."""


def hand_over(message, text: str) -> None:
    """Give one letter to Notify, once: one that it has under our reference already is not given again."""
    if state_of(message):
        return
    body = {
        "email_address": message.address, "template_id": settings.NOTIFY_TEMPLATE, "reference": message.reference,
        "personalisation": {"subject": message.subject, "body": text},
    }  # fmt: skip
    _ask("POST", "/v2/notifications/email", json=body)


def state_of(message) -> str:
    """What Notify says of the letter with our reference, such as "delivered"; nothing where it has none."""
    found = _ask("GET", "/v2/notifications", params={"reference": message.reference})
    return next((letter["status"] for letter in found.get("notifications", [])), "")


def _ask(method: str, path: str, **what) -> dict:
    """One request with a token of its own; refusals raise NotifyRefusedError in Notify's words."""
    service, secret = settings.NOTIFY_API_KEY[-73:-37], settings.NOTIFY_API_KEY[-36:]
    token = jwt.encode({"iss": service, "iat": int(datetime.now(UTC).timestamp())}, secret, algorithm="HS256")
    answer = requests.request(
        method, f"{settings.NOTIFY_URL}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT, **what
    )
    if not answer.ok:
        raise NotifyRefusedError(f"Notify answered {answer.status_code}: {answer.text[:300]}")
    return answer.json()
