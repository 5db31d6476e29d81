"""People and the directories that sign them in: linked at the first time, by the directory's own mark for them."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from core import audit
from core.models import User
from core.rules import refuse_if


@transaction.atomic
def link_person(person: User, *, directory: str, subject: str, by: User) -> SocialAccount:
    """Link a person with who they are in a directory, once; from then on the address may change, and the mark may not."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    found = SocialAccount.objects.filter(provider=directory, user=person).first()

    refuse_if([] if found is None or found.uid == subject else ["Your account here is linked with somebody else’s in that directory."])

    is_first = found is None
    linked = found or SocialAccount.objects.create(user=person, provider=directory, uid=subject)

    done = "was linked with this account for the first time" if is_first else "vouched for this person"
    audit.record("person.by_directory", on=person, by=by, sentence=f"The {directory} directory {done}.")
    return linked
