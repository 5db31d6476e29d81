"""Homes and SDQs under the names and codes of the Standard Safeguarding Dataset.

A code is given only where the record is sure of it: what it does not say is left blank, and said beside it.
"""

# Where the child lives, as the statutory return codes it; kinds that are several codes there are left out.
PLACEMENT_TYPES = {
    "home": "P1", "residential": "K2", "small group": "K2", "hub": "K2", "secure": "K1", "supported": "H5", "hospital": "R2", "other": "Z1",
}  # fmt: skip
NO_TYPE = {
    **dict.fromkeys(("connected", "foster", "one-to-one", "pathway"), "whether fostering is long term"),
    "adoptive": "how the child was placed for adoption",
    "lodgings": "how lodgings are coded here",
    "property": "whether the room is a children’s home or semi-independent",
}  # fmt: skip
OWN_PROVISION, WITH_PARENTS = "PR1", "PR0"

SDQ_FIELDS = ("csdq_table_id", "csdq_person_id", "csdq_sdq_completed_date", "csdq_sdq_score", "csdq_sdq_reason")
PLACEMENT_FIELDS = (
    "clap_cla_placement_id", "clap_cla_id", "clap_person_id", "clap_cla_placement_start_date", "clap_cla_placement_type",
    "clap_cla_placement_urn", "clap_cla_placement_distance", "clap_cla_placement_provider", "clap_cla_placement_postcode",
    "clap_cla_placement_end_date", "clap_cla_placement_change_reason",
)  # fmt: skip
NEVER_RECORDED = ("clap_cla_id", "clap_cla_placement_distance", "clap_cla_placement_postcode")


def placement_type(kind: str) -> str:
    """Give the code of a kind of home, or nothing where it could be several."""
    return PLACEMENT_TYPES.get(kind, "")


def provider_code(kind: str, is_internal: bool | None) -> str:
    """Give the code of who provides a home: parents, the council, or nothing where the record says no more than "not ours"."""
    if kind == "home":
        return WITH_PARENTS
    return OWN_PROVISION if is_internal else ""


def not_said(kind: str, is_internal: bool | None, urn: str) -> str:
    """Say what the record lacks of a home, beyond what it never has; nothing where it lacks nothing."""
    lacking = [NO_TYPE[kind]] if kind in NO_TYPE else []
    if not provider_code(kind, is_internal):
        lacking.append("which kind of provider")
    if not urn and kind in {"residential", "small group", "hub", "secure", "supported", "property"}:
        lacking.append("the registration number")
    words = ", ".join(lacking)
    return words[:1].upper() + words[1:]
