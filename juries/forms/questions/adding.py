"""What kind of question is added, and where."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from juries.models import FormSection, Jury, Question
from juries.questions.kinds import ASKED_OFTEN, ASKED_ONCE


class KindForm(forms.Form):
    """A kind of question that the form has room for."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of question"))

    def __init__(self, data: Any = None, *, jury: Jury, section: FormSection) -> None:
        super().__init__(data, auto_id=f"section-{section.pk}-%s")
        rows = Question.objects.filter(section__jury=jury)
        there = set(rows.values_list("kind", flat=True))
        kinds = [*ASKED_OFTEN, *(kind for kind in ASKED_ONCE if kind not in there)]
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in kinds]
