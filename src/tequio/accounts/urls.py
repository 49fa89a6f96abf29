"""The addresses of the door and of one's own account; their names are those the sign-in library asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as door
from allauth.account.decorators import reauthentication_required
from allauth.account.views import RequestReauthenticationCodeView
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path

from tequio.accounts.forms.door import PasswordEntryForm, ProofRequestForm
from tequio.accounts.views import letters, privacy, publishing, rights, yourdata
from tequio.accounts.views.door import EntryCode, Leave, account, enter_again
from tequio.accounts.views.notices import notice_preferences, stop
from tequio.accounts.views.posts import invitation, people, received_invitation, take_back, withdraw
from tequio.accounts.views.steps import (
    ActivateApp,
    AddKey,
    AskStep,
    ProveWithKey,
    SpareCodes,
    changes_step,
    second_step,
)
from tequio.kernel.access import open_form, signed_in

if TYPE_CHECKING:
    from django.urls import URLPattern

enter = open_form(door.request_login_code)
enter_with_password = open_form(
    door.LoginView.as_view(form_class=PasswordEntryForm, template_name="account/login_password.html")
)

ask_proof = signed_in(RequestReauthenticationCodeView.as_view(form_class=ProofRequestForm))
take_proof = signed_in(door.confirm_reauthentication_code)
spare_codes = changes_step(SpareCodes.as_view())
new_spare_codes = changes_step(spare.generate_recovery_codes)
new_key = changes_step(AddKey.as_view())
less_key = changes_step(keys.remove_webauthn)

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
    path("entrar/segundo-paso/", open_form(AskStep.as_view()), name="mfa_authenticate"),
    path("entrar/llave/", open_form(keys.login_webauthn), name="mfa_login_webauthn"),
    path("entrar/suspendida/", open_form(door.account_inactive), name="account_inactive"),
    path("abrir-cuenta/", open_form(door.signup), name="account_signup"),
    path("abrir-cuenta/codigo/", open_form(door.email_verification_sent), name="account_email_verification_sent"),
    path("salir/", open_form(Leave.as_view()), name="account_logout"),
    path("personas/", people, name="people"),
    path("personas/invitaciones/<int:number>/retirar/", withdraw, name="withdraw_invitation"),
    path("personas/papeles/<int:number>/retirar/", take_back, name="take_role_back"),
    path("invitacion/<str:token>/", invitation, name="invitation"),
    path("cuenta/invitaciones/<int:number>/", received_invitation, name="received_invitation"),
    path("cuenta/avisos/", notice_preferences, name="notice_preferences"),
    path("avisos/baja/<str:token>/", stop, name="stop_notices"),
    path("cuenta/", account, name="your_account"),
    path("cuenta/correo/", signed_in(door.email), name="account_email"),
    path("cuenta/contrasena/", signed_in(door.password_set), name="account_set_password"),
    path("cuenta/contrasena/cambiar/", signed_in(door.password_change), name="account_change_password"),
    path("cuenta/confirmar/", ask_proof, name="account_request_reauthentication_code"),
    path("cuenta/confirmar/entrar/", enter_again, name="enter_again"),
    path("cuenta/confirmar/codigo/", take_proof, name="account_confirm_reauthentication_code"),
    path("cuenta/confirmar/contrasena/", signed_in(door.reauthenticate), name="account_reauthenticate"),
    path("cuenta/confirmar/llave/", signed_in(ProveWithKey.as_view()), name="mfa_reauthenticate_webauthn"),
    path("cuenta/confirmar/segundo-paso/", signed_in(second.reauthenticate), name="mfa_reauthenticate"),
    path("cuenta/segundo-paso/", second_step, name="second_step"),
    path("cuenta/segundo-paso/", second_step, name="mfa_index"),
    path("cuenta/segundo-paso/", second_step, name="mfa_list_webauthn"),
    path("cuenta/segundo-paso/llaves/nueva/", new_key, name="mfa_add_webauthn"),
    path("cuenta/segundo-paso/llaves/<int:pk>/quitar/", less_key, name="mfa_remove_webauthn"),
    path("cuenta/segundo-paso/aplicacion/", changes_step(ActivateApp.as_view()), name="mfa_activate_totp"),
    path("cuenta/segundo-paso/aplicacion/quitar/", changes_step(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("cuenta/codigos-de-respaldo/", spare_codes, name="mfa_view_recovery_codes"),
    path("cuenta/codigos-de-respaldo/nuevos/", new_spare_codes, name="mfa_generate_recovery_codes"),
]
