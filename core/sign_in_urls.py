"""Addresses of signing in, of the second factor, and of being asked again; allauth's pages that change or show a secret ask."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn.views import login_webauthn
from django.urls import path

from core.late import late_view
from core.step_up import asks_again
from core.views import account, check_again, passkeys, password

OWN = "account/two-factor"

sign_in_pages = [
    path("sign-in", allauth_views.login, name="account_login"),
    path("sign-in/demonstration", account.demonstration_sign_in, name="demonstration_sign_in"),
    path("sign-in/check-again", check_again.check_again, name="account_reauthenticate"),
    path("sign-in/second-step", passkeys.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/check-again/code", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/check-again/passkey", passkeys.AskForPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sign-in/passkey", login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:directory>", late_view("core.views.directory.go"), name="directory_go"),
    path("sign-in/with/<slug:directory>/answer", late_view("core.views.directory.answer"), name="directory_answer"),
    path("sign-in/password/<str:token>", password.SetPassword.as_view(), name="set_password"),
    path("sign-out", allauth_views.logout, name="account_logout"),
    path("account/sign-out-elsewhere", account.SignOutElsewhere.as_view(), name="sign_out_elsewhere"),
    path("account/inactive", allauth_views.account_inactive, name="account_inactive"),
    path(OWN, second_factor.index, name="mfa_index"),
    path(f"{OWN}/app", asks_again(app.activate_totp), name="mfa_activate_totp"),
    path(f"{OWN}/app/remove", asks_again(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{OWN}/passkeys", passkeys.Passkeys.as_view(), name="mfa_list_webauthn"),
    path(f"{OWN}/passkeys/new", asks_again(passkeys.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(f"{OWN}/passkeys/<slug:key>/name", asks_again(passkeys.NamePasskey.as_view()), name="mfa_edit_webauthn"),
    path(f"{OWN}/passkeys/<slug:key>/remove", asks_again(passkeys.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path(f"{OWN}/recovery-codes", asks_again(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(f"{OWN}/recovery-codes/new", asks_again(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(f"{OWN}/recovery-codes/file", asks_again(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
