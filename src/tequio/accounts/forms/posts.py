"""The forms that invite somebody to a post, accept, and take a role back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from tequio.accounts.enums import NoticeKey
from tequio.accounts.forms.privacy import WithNotice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tequio.accounts.models import Post


class InvitationForm(WithNotice):
    """Whom to invite, and to what; a person chooses only among the posts within their reach."""

    notice = NoticeKey.ACCOUNT

    email = forms.EmailField(
        label="Correo de la persona",
        help_text="Le llega una liga que sirve una vez y vence a los 14 días. Debe entrar con ese mismo correo.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    post = forms.ChoiceField(label="Papel")

    def __init__(self, posts: Mapping[str, Sequence[Post]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {post.key: post for group in posts.values() for post in group}
        groups = [(name, [(post.key, post.owner_name or name) for post in group]) for name, group in posts.items()]
        choice = self.fields["post"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "Elige un papel"), *groups]

    def clean_post(self) -> Post:
        """Return the post that was chosen."""
        return self.posts[self.cleaned_data["post"]]


class ReasonForm(forms.Form):
    """Why a role is taken back."""

    reason = forms.CharField(
        label="Motivo",
        help_text="Queda guardado y no se publica. No escribas datos personales.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
