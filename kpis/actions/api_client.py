"""Clients of the interface: made, agreed to, revoked, and each call of theirs let in or refused, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from core import audit, clock
from core.models import Authority, User
from core.rules import refuse_if
from kpis.models import ApiClient
from kpis.models.api_client import SHOWN_OF_A_TOKEN, hash_of, new_token
from kpis.rules import api_clients as rules

MINUTE = timedelta(minutes=1)


def _locked(client: ApiClient) -> ApiClient:
    return ApiClient.objects.select_for_update(of=("self",)).get(pk=client.pk)


@transaction.atomic
def make_client(authority: Authority, *, name: str, purpose: str, scopes: Sequence[str], expires_on: date | None, by: User) -> tuple[ApiClient, str]:
    """Make a client and its token, which is given back once and kept only as its hash; it works when somebody else has agreed."""
    refuse_if(rules.why_not_make_client(name=name, purpose=purpose, scopes=scopes, expires_on=expires_on, today=clock.today()))

    token = new_token()
    client = ApiClient.objects.create(
        authority=authority, name=name.strip(), purpose=purpose.strip(), scopes=[scope for scope in rules.SCOPES if scope in scopes],
        token_hash=hash_of(token), token_end=token[-SHOWN_OF_A_TOKEN:], expires_on=expires_on, made_by=by,
    )  # fmt: skip

    audit.record("api_client.made", on=client, by=by, sentence=f"Made client {client.reference} of the interface, for {', '.join(client.scopes)}.")
    return client, token


@transaction.atomic
def agree_client(client: ApiClient, *, by: User) -> ApiClient:
    """A second person agrees, and the token works from now."""
    client = _locked(client)
    refuse_if(rules.why_not_agree_client(
        made_by=client.made_by_id, agreeing=by.pk, is_agreed=client.agreed_at is not None, is_revoked=client.revoked_at is not None,
        expires_on=client.expires_on, today=clock.today(),
    ))  # fmt: skip

    client.agreed_at, client.agreed_by = clock.now(), by
    client.save()

    audit.record("api_client.agreed", on=client, by=by, sentence=f"Agreed to client {client.reference} of the interface.")
    return client


@transaction.atomic
def revoke_client(client: ApiClient, *, because: str, by: User) -> ApiClient:
    """The token stops working with this; one person is enough."""
    client = _locked(client)
    refuse_if(rules.why_not_revoke_client(is_revoked=client.revoked_at is not None, because=because))

    client.revoked_at, client.revoked_by, client.revoked_because = clock.now(), by, because.strip()[:300]
    client.save()

    audit.record("api_client.revoked", on=client, by=by, sentence=f"Revoked client {client.reference} of the interface.")
    return client


@dataclass(frozen=True)
class Admission:
    """What became of a call: the client that is answered; or a status of HTTP, why, and when to ask again."""

    client: ApiClient | None
    status: int = 200
    why: str = ""
    again_in: int = 0


NOBODY = Admission(None, 401, "The token is not known, is not agreed to yet, was revoked, or its time is up.")


@transaction.atomic
def admit_call(token: str, *, path: str, scope: str, by: None = None) -> Admission:
    """Let one call in or refuse it, judged now; the client's row is locked, so that its calls are counted one by one.

    Every call of a client that is known leaves a row in the trail; of those beyond the limit, the first of each minute.
    """
    found = ApiClient.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    if found is None:
        return NOBODY
    first_too_many = _count(found)
    admission = _judge(found, scope)
    found.save(update_fields=["last_called_at", "minute_began_at", "calls_this_minute"])

    if admission.status != 429 or first_too_many:
        said = f"Asked for {path}." if admission.client else f"Was refused {path}: {admission.status}."
        audit.record("api.called" if admission.client else "api.refused", on=found, by=found.caller, sentence=said)
    return admission


def _count(client: ApiClient) -> bool:
    """Count a call in its minute; whether it is the first too many."""
    now = clock.now()
    if client.minute_began_at is None or not timedelta(0) <= now - client.minute_began_at < MINUTE:
        client.minute_began_at, client.calls_this_minute = now, 0
    client.last_called_at = now
    client.calls_this_minute += 1
    return client.calls_this_minute == rules.CALLS_A_MINUTE + 1


def _judge(client: ApiClient, scope: str) -> Admission:
    """Whether a call that was counted is answered."""
    if rules.why_not_answer_client(
        is_agreed=client.agreed_at is not None, is_revoked=client.revoked_at is not None, expires_on=client.expires_on, today=clock.today()
    ):
        return NOBODY
    if client.calls_this_minute > rules.CALLS_A_MINUTE:
        wait = client.minute_began_at + MINUTE - clock.now()
        return Admission(None, 429, f"At most {rules.CALLS_A_MINUTE} calls a minute are answered.", max(int(wait.total_seconds()), 1))
    if scope and scope not in client.scopes:
        return Admission(None, 403, f"This client may not read “{scope}”.")
    return Admission(client)
