"""A child named by reference, among those whose record the person may open."""

from django import forms
from django.core.exceptions import ValidationError

from core.references import tidy
from core.roles import Permission
from referrals.models import Child


class ChildReferenceField(forms.CharField):
    """A reference such as RK4-7QX, typed; gives the child, or nothing. Its form sets `person`."""

    person = None

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        seen = Child.objects.visible_to(self.person) if self.person.can(Permission.SEE_CHILDREN) else Child.objects.none()
        child = seen.filter(reference=tidy(typed)).first()
        if child is None:
            raise ValidationError("You see no child with this reference. It looks like RK4-7QX")
        return child
