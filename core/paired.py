"""Fields that go together: who did something, and when."""

from django.db.models import CheckConstraint, Q


def by_and_at(deed: str, *, of: str) -> CheckConstraint:
    """The constraint that `<deed>_by` and `<deed>_at` are both empty or both given; `of` is the model, as its name begins."""
    by, at = f"{deed}_by", f"{deed}_at"
    return CheckConstraint(
        name=f"{of}_{deed}_by_and_at_go_together",
        condition=Q(**{by: None, at: None}) | Q(**{f"{by}__isnull": False, f"{at}__isnull": False}),
    )
