"""What a form says, and how a screen reader finds it."""

from collections.abc import Callable

import pytest
from django import forms
from django.template.loader import render_to_string

from juries.rendering import ClockInput, DayInput, MomentInput


class SignUp(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on the name tag.")
    email = forms.EmailField(label="E-mail", required=False)
    school = forms.ChoiceField(
        label="School", widget=forms.RadioSelect, choices=[("1", "Basic"), ("2", "University")]
    )
    agreed = forms.BooleanField(label="I agree")

    def clean(self) -> None:
        raise forms.ValidationError("Somebody has signed up with this name already.")


class Quota(forms.Form):
    least = forms.IntegerField(label="At least")


def test_a_wrong_field_says_so_at_the_field_and_points_to_hint_and_error() -> None:
    html = str(SignUp({})["name"].as_field_group())

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_the_summary_takes_the_focus_and_leads_to_each_wrong_field() -> None:
    html = str(SignUp({}))

    assert 'class="error-summary" tabindex="-1" autofocus' in html
    assert 'href="#id_name"' in html
    assert 'href="#id_school_0"' in html
    assert 'href="#id_agreed"' in html
    assert "Somebody has signed up with this name already." in html


def test_a_form_that_was_not_sent_shows_no_summary() -> None:
    html = str(SignUp())

    assert "error-summary" not in html
    assert "aria-invalid" not in html


def test_what_may_be_left_out_says_so_in_words() -> None:
    form = SignUp()

    assert "optional" in str(form["email"].as_field_group())
    assert "optional" not in str(form["name"].as_field_group())


def test_radio_buttons_are_one_group_with_a_legend() -> None:
    html = str(SignUp({})["school"].as_field_group())

    assert "<fieldset" in html
    assert "<legend" in html
    assert 'aria-describedby="id_school_error"' in html


def test_text_a_person_typed_is_never_markup() -> None:
    form = SignUp({"name": '"><script>x</script>'})

    assert "<script>" not in str(form)


def test_the_summary_of_many_rows_names_the_row() -> None:
    rows = forms.formset_factory(Quota)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-least": "1",
            "form-1-least": "",
        }
    )

    html = render_to_string("components/error_summary.html", {"formset": rows})

    assert 'href="#id_form-1-least"' in html
    assert 'href="#id_form-0-least"' not in html


def test_a_field_in_a_cell_has_a_label_that_names_its_row() -> None:
    form = Quota({"least": "many"})

    html = render_to_string("components/cell_field.html", {"field": form["least"], "row": "Women"})

    assert '<label class="visually-hidden" for="id_least">Women: At least</label>' in html
    assert 'id="id_least_error"' in html


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (forms.DateField(widget=DayInput), "2027-04-17", "2027-04-17"),
        (forms.TimeField(widget=ClockInput), "09:30", "09:30"),
        (forms.DateTimeField(widget=MomentInput), "2027-04-17T09:30", "2027-04-17T09:30"),
    ],
)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_days_and_times_survive_the_form_in_every_language(
    field: forms.Field, value: str, shown: str, language: str, speaking: Callable[[str], None]
) -> None:
    speaking(language)
    form = type("One", (forms.Form,), {"when": field})

    sent = form({"when": value})
    again = form(initial={"when": sent.fields["when"].clean(value)})

    assert sent.is_valid()
    assert f'value="{shown}"' in str(again["when"])
