"""How allauth behaves here: accounts are made by an administrator, never by a visitor."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up; everything else is allauth's."""

    def is_open_for_signup(self, request):
        """Nobody signs themselves up."""
        return False
