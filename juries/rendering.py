"""How forms look: Django renders every form, field and widget with the templates of this house."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders ``{{ form }}`` with its error summary and ``as_field_group`` with hint and error."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class ExplainedRadios(forms.RadioSelect):
    """Radio buttons, each with what it means to choose it: ``explain`` says that of a value."""

    option_template_name = "components/explained_option.html"

    def __init__(self, explain: Callable[[str], str]) -> None:
        super().__init__()
        self.explain = explain

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(*args, **options)
        option["explanation"] = self.explain(str(option["value"]))
        option["explained_at"] = f"{option['attrs'].get('id', '')}_means"
        option["attrs"]["aria-describedby"] = option["explained_at"]
        return option


class DayInput(forms.DateInput):
    """A day, picked or typed, in the form the browser expects whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, in the form the browser expects whatever the language."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """A day and a time of day, in the form the browser expects whatever the language."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")
