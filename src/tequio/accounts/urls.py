"""The addresses of the door and of one's own account; their names are those the sign-in library asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as door
from allauth.account.decorators import reauthentication_required
from allauth.account.views import RequestReauthenticationCodeView
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from django.urls import path

from tequio.accounts.forms.door import PasswordEntryForm, ProofRequestForm
from tequio.accounts.views import letters, privacy, publishing, rights, yourdata
from tequio.accounts.views.door import EntryCode, Leave, account
from tequio.accounts.views.posts import invitation, people, take_back, withdraw
from tequio.kernel.access import open_form, signed_in

if TYPE_CHECKING:
    from django.urls import URLPattern

enter = open_form(door.request_login_code)
enter_with_password = open_form(
    door.LoginView.as_view(form_class=PasswordEntryForm, template_name="account/login_password.html")
)

ask_proof = signed_in(RequestReauthenticationCodeView.as_view(form_class=ProofRequestForm))
take_proof = signed_in(door.confirm_reauthentication_code)
spare_codes = signed_in(spare.view_recovery_codes)
new_spare_codes = signed_in(spare.generate_recovery_codes)

privacy_pages = [
    path("privacidad/", privacy.notices, name="privacy"),
    path("privacidad/<slug:key>/", privacy.notice, name="privacy_notice"),
    path("privacidad/<slug:key>/<int:version>/", privacy.notice, name="privacy_version"),
    path("datos-personales/", privacy.personal_data, name="personal_data"),
    path("garante/avisos/", publishing.notices, name="publish_notices"),
    path("garante/avisos/<slug:key>/", publishing.publish, name="publish_notice"),
]
rights_pages = [
    path("datos-personales/solicitud/", rights.ask, name="ask_rights"),
    path("datos-personales/solicitud/enviada/<slug:folio>/", rights.sent, name="rights_sent"),
    path("datos-personales/solicitud/<str:token>/", rights.follow, name="rights_request"),
    path("garante/datos-personales/", rights.inbox, name="rights_inbox"),
    path("garante/datos-personales/<str:folio>/", rights.answer, name="rights_answer"),
]
letter_pages = [
    path("escribe/", letters.write, name="write_letter"),
    path("escribe/respuestas/", letters.answers, name="letters_answered"),
    path("escribe/<str:token>/", letters.follow, name="letter_sent"),
    path("correspondencia/", letters.inbox, name="letters_inbox"),
    path("correspondencia/<str:folio>/", letters.answer, name="letter_answer"),
]
data_pages = [
    path("cuenta/mis-datos/", yourdata.your_data, name="your_data"),
    path("cuenta/mis-datos/datos.<str:form>", yourdata.your_data_file, name="your_data_file"),
    path("cuenta/mis-datos/consentimientos/<int:number>/retirar/", yourdata.withdraw, name="withdraw_consent"),
    path("cuenta/mis-datos/borrar/", signed_in(reauthentication_required(yourdata.close)), name="close_account"),
    path("cuenta-borrada/", privacy.closed, name="account_closed"),
]
urlpatterns: list[URLPattern] = [
    *privacy_pages,
    *rights_pages,
    *letter_pages,
    *data_pages,
    path("entrar/", enter, name="account_login"),
    path("entrar/", enter, name="account_request_login_code"),
    path("entrar/", enter, name="account_reset_password"),  # who forgot a password enters with a code
    path("entrar/codigo/", open_form(EntryCode.as_view()), name="account_confirm_login_code"),
    path("entrar/contrasena/", enter_with_password, name="account_login_password"),
    path("entrar/segundo-paso/", open_form(second.authenticate), name="mfa_authenticate"),
    path("entrar/suspendida/", open_form(door.account_inactive), name="account_inactive"),
    path("abrir-cuenta/", open_form(door.signup), name="account_signup"),
    path("abrir-cuenta/codigo/", open_form(door.email_verification_sent), name="account_email_verification_sent"),
    path("salir/", open_form(Leave.as_view()), name="account_logout"),
    path("personas/", people, name="people"),
    path("personas/invitaciones/<int:number>/retirar/", withdraw, name="withdraw_invitation"),
    path("personas/papeles/<int:number>/retirar/", take_back, name="take_role_back"),
    path("invitacion/<str:token>/", invitation, name="invitation"),
    path("cuenta/", account, name="your_account"),
    path("cuenta/", account, name="mfa_index"),
    path("cuenta/correo/", signed_in(door.email), name="account_email"),
    path("cuenta/contrasena/", signed_in(door.password_set), name="account_set_password"),
    path("cuenta/contrasena/cambiar/", signed_in(door.password_change), name="account_change_password"),
    path("cuenta/confirmar/", ask_proof, name="account_request_reauthentication_code"),
    path(
        "cuenta/confirmar/codigo/",
        signed_in(door.confirm_reauthentication_code),
        name="account_confirm_reauthentication_code",
    ),
    path("cuenta/confirmar/contrasena/", signed_in(door.reauthenticate), name="account_reauthenticate"),
    path("cuenta/confirmar/segundo-paso/", signed_in(second.reauthenticate), name="mfa_reauthenticate"),
    path("cuenta/segundo-paso/", signed_in(app.activate_totp), name="mfa_activate_totp"),
    path("cuenta/segundo-paso/quitar/", signed_in(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("cuenta/codigos-de-respaldo/", spare_codes, name="mfa_view_recovery_codes"),
    path(
        "cuenta/codigos-de-respaldo/nuevos/",
        signed_in(spare.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
