"""The question of needs alone, for somebody who holds a seat by name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.audit import REGISTRANT
from juries.errors import JuryError
from juries.forms.registration.asked import agreement_name
from juries.forms.registration.questions import QuestionsForm
from juries.models import Jury, Question, Registrant, User
from juries.questions.reading import Page, form_of
from juries.registration.answers import needs_of
from juries.registration.named_needs import have_told, may_tell, tell_needs


class OwnNeedsForm(QuestionsForm):
    """What one needs oneself, as the form of the jury asks it."""

    needs_contact = False
    all_optional = True

    def __init__(self, data: Any = None, *, person: Registrant) -> None:
        super().__init__(data, jury=person.jury, pages=list(_pages(person.jury)))
        self.person = person
        self.initial = self._standing()

    def save(self, *, by: User | str = REGISTRANT) -> bool:
        """Whether the needs stand as told; if not, the form says why."""
        language = get_language() or self.person.language
        try:
            tell_needs(person=self.person, needs=self.needs(), language=language, by=by)
        except JuryError as error:
            self.add_error(None, str(error))
        return not self.errors

    def _standing(self) -> dict[str, Any]:
        needs = needs_of(self.person)
        agreed = {agreement_name(asked): bool(needs) for asked in self.questions()}
        return {"needs": list(needs.kinds), "needs_words": needs.words, **agreed}


class WrittenNeedsForm(OwnNeedsForm):
    """What somebody needs, written down by staff, who are not shown what stands.

    So nothing is erased by leaving the form empty: that has a box of its own. ``is_open`` is
    whether anything can be written down now, ``stands`` whether something has been.
    """

    nothing = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, person: Registrant) -> None:
        super().__init__(data, person=person)
        self.is_open, self.stands = may_tell(person), have_told(person)
        for asked in self.questions():
            tick = self.fields.get(agreement_name(asked))
            if tick:
                tick.label = _("The person agrees that this is stored and used for this jury")
                tick.help_text = _("Ask first. They can take it back on their own page.")
        self.fields["nothing"].label = _("Nothing is needed any more: erase what was written down")
        self.order_fields([name for name in self.fields if name != "nothing"])
        if not self.stands:
            del self.fields["nothing"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        told, nothing = bool(self.needs()), bool(answers.get("nothing"))
        if told and nothing:
            self.add_error("nothing", _("Clear this box, or what you wrote above."))
        elif not told and not nothing and "needs" in self.fields and not self.errors:
            self.add_error("needs", _("Tick what is needed, or write it."))
        return answers

    def _standing(self) -> dict[str, Any]:
        return {}


def _pages(jury: Jury) -> Iterator[Page]:
    """The question of needs, whatever else it depends on in the form; its answer may be none."""
    for page in form_of(jury):
        asked = [
            replace(one, condition=None, required=False)
            for one in page.questions
            if one.kind == Question.Kind.NEEDS
        ]
        if asked:
            yield replace(page, questions=tuple(asked))
