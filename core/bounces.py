"""Delivery-status mails: which of our letters came back, as a mail server says it (RFC 3464). No Django, nothing is opened or run."""

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message as Mail

LARGEST = 256 * 1024
OURS = re.compile(r"<([23467CDFGHJKMNPQRTVWXY]{3}-[23467CDFGHJKMNPQRTVWXY]{3})@throughline>")


@dataclass(frozen=True)
class CameBack:
    """One letter that was not delivered: our reference for it, the addresses it failed for, and the server's status."""

    reference: str
    addresses: frozenset[str]
    status: str


def read_bounce(raw: bytes) -> CameBack | None:
    """Take a mail's bytes; give the letter that it says came back for good, or None for anything else, whatever it is."""
    if len(raw) > LARGEST:
        return None
    try:
        return _of(message_from_bytes(raw))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        # Whatever anybody sends here may be broken in any way; what cannot be read tells nothing.
        return None


def _of(mail: Mail) -> CameBack | None:
    """The letter that a report names, where it is a report of a failure."""
    if mail.get_content_type() != "multipart/report" or str(mail.get_param("report-type", "")).lower() != "delivery-status":
        return None
    parts = mail.get_payload()
    failed = [block for part in parts if part.get_content_type() == "message/delivery-status" for block in part.get_payload() if _failed(block)]
    ours = OURS.fullmatch(_message_id(parts).strip())
    if not failed or ours is None:
        return None
    addresses = {_address(block.get(name, "")) for block in failed for name in ("Final-Recipient", "Original-Recipient")}
    return CameBack(ours[1], frozenset(addresses - {""}), re.sub(r"[^0-9.]", "", str(failed[0].get("Status", "")))[:10])


def _failed(block: Mail) -> bool:
    """Whether one recipient's block says that delivery failed, and is not only late."""
    return str(block.get("Action", "")).strip().lower() == "failed" and str(block.get("Status", "5")).strip().startswith("5")


def _message_id(parts: list[Mail]) -> str:
    """The Message-ID of the letter that was returned, whole or its headers alone."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            return str(part.get_payload()[0].get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            return str(message_from_string(part.get_payload()).get("Message-ID", ""))
    return ""


def _address(field: str) -> str:
    """The address of "rfc822; somebody@example"."""
    return str(field).partition(";")[2].strip().strip("<>").lower()
