"""Addresses of signing in, of the second factor, and of being asked again; allauth's pages that change or show a secret ask.

Second factors and directories bring libraries of cryptography, which are loaded when somebody first opens one of their pages.
"""

from allauth.account import views as allauth_views
from django.urls import path

from core.late import late_view
from core.step_up import asks_again
from core.views import account, check_again, password

OWN, ALLAUTH = "account/two-factor", "allauth.mfa"

sign_in_pages = [
    path("sign-in", allauth_views.login, name="account_login"),
    path("sign-in/demonstration", account.demonstration_sign_in, name="demonstration_sign_in"),
    path("sign-in/check-again", check_again.check_again, name="account_reauthenticate"),
    path("sign-in/second-step", late_view("core.views.passkeys.SecondStep", is_open=True), name="mfa_authenticate"),
    path("sign-in/check-again/code", late_view(f"{ALLAUTH}.base.views.reauthenticate"), name="mfa_reauthenticate"),
    path("sign-in/check-again/passkey", late_view("core.views.passkeys.AskForPasskey"), name="mfa_reauthenticate_webauthn"),
    path("sign-in/passkey", late_view(f"{ALLAUTH}.webauthn.views.login_webauthn", is_open=True), name="mfa_login_webauthn"),
    path("sign-in/with/<slug:directory>", late_view("core.views.directory.go", is_open=True), name="directory_go"),
    path("sign-in/with/<slug:directory>/answer", late_view("core.views.directory.answer", is_open=True), name="directory_answer"),
    path("sign-in/password/<str:token>", password.SetPassword.as_view(), name="set_password"),
    path("sign-out", allauth_views.logout, name="account_logout"),
    path("account/sign-out-elsewhere", account.SignOutElsewhere.as_view(), name="sign_out_elsewhere"),
    path("account/inactive", allauth_views.account_inactive, name="account_inactive"),
    path(OWN, late_view(f"{ALLAUTH}.base.views.index"), name="mfa_index"),
    path(f"{OWN}/app", asks_again(late_view(f"{ALLAUTH}.totp.views.activate_totp")), name="mfa_activate_totp"),
    path(f"{OWN}/app/remove", asks_again(late_view(f"{ALLAUTH}.totp.views.deactivate_totp")), name="mfa_deactivate_totp"),
    path(f"{OWN}/passkeys", late_view("core.views.passkeys.Passkeys"), name="mfa_list_webauthn"),
    path(f"{OWN}/passkeys/new", asks_again(late_view("core.views.passkeys.AddPasskey")), name="mfa_add_webauthn"),
    path(f"{OWN}/passkeys/<slug:key>/name", asks_again(late_view("core.views.passkeys.NamePasskey")), name="mfa_edit_webauthn"),
    path(f"{OWN}/passkeys/<slug:key>/remove", asks_again(late_view("core.views.passkeys.RemovePasskey")), name="mfa_remove_webauthn"),
    path(f"{OWN}/recovery-codes", asks_again(late_view(f"{ALLAUTH}.recovery_codes.views.view_recovery_codes")), name="mfa_view_recovery_codes"),
    path(f"{OWN}/recovery-codes/new", asks_again(late_view(f"{ALLAUTH}.recovery_codes.views.generate_recovery_codes")), name="mfa_generate_recovery_codes"),
    path(f"{OWN}/recovery-codes/file", asks_again(late_view(f"{ALLAUTH}.recovery_codes.views.download_recovery_codes")), name="mfa_download_recovery_codes"),
]
