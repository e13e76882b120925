"""The forms of an organisation: its details, and whom it gives which role."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy

from juries.commission.members import add_member
from juries.commission.organisations import change_organisation
from juries.enums import Role
from juries.forms.commission.jury_fields import LANGUAGES
from juries.forms.fields import LineField, NameField, PhoneField
from juries.models import Jury, Organisation, User

FACTS = ("name_fi", "name_sv", "name_en", "contact_name", "contact_email", "contact_phone")


class OrganisationForm(forms.Form):
    """What the organisation is called, whom anybody can ask, and in which languages it works."""

    name_fi = LineField(label=gettext_lazy("Name in Finnish"), max_length=200)
    name_sv = LineField(label=gettext_lazy("Name in Swedish"), max_length=200, required=False)
    name_en = LineField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    contact_name = LineField(
        label=gettext_lazy("Contact person"),
        help_text=gettext_lazy("Shown to everyone on the page “Contact”."),
        max_length=200,
        required=False,
    )
    contact_email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    contact_phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    languages = forms.MultipleChoiceField(
        choices=LANGUAGES,
        label=gettext_lazy("Languages used"),
        help_text=gettext_lazy("A new jury begins with these."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisation: Organisation, by: User, **kw: Any) -> None:
        standing = {name: getattr(organisation, name) for name in (*FACTS, "languages")}
        super().__init__(*args, **kw | {"initial": standing})
        self.organisation, self.by = organisation, by

    def save(self) -> Organisation:
        return change_organisation(
            organisation=self.organisation, by=self.by, facts=self.cleaned_data
        )


class MemberForm(forms.Form):
    """Somebody and a role, in one jury or in all of them."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    name = NameField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Who has an account already keeps the name that stands there."),
        max_length=150,
    )
    role = forms.ChoiceField(choices=Role, label=gettext_lazy("Role"))
    jury = forms.ModelChoiceField(
        Jury.objects.none(),
        label=gettext_lazy("Where"),
        empty_label=gettext_lazy("In every jury of the organisation"),
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, by: User, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.organisation, self.by = organisation, by
        juries = Jury.objects.standing().filter(organisation=organisation)
        self.fields["jury"].queryset = juries

    def save(self) -> User:
        typed = self.cleaned_data
        return add_member(
            organisation=self.organisation,
            email=typed["email"].lower(),
            name=typed["name"],
            role=Role(typed["role"]),
            jury=typed["jury"],
            by=self.by,
        )


class FirstPasswordForm(SetPasswordForm):
    """The password that somebody with a new account chooses."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        again = self.fields["new_password2"]
        again.label, again.help_text = gettext_lazy("The same password again"), ""
