"""Whatever is typed as a reason cannot be erased: beside each such field stands who keeps it."""

import importlib
import inspect
import pkgutil

import pytest
from django import forms
from django.utils import translation

import juries.forms
import selection.forms
from juries.forms.commission.jury import JuryForm
from juries.forms.pool.exclusions import RuleForm
from juries.forms.reasons import KEPT, PUBLIC, ReasonField
from selection.forms.draw import BreakOffForm
from selection.forms.lottery import EasingForm
from tests import factories


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def every_form():
    for package in (juries.forms, selection.forms):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            members = vars(importlib.import_module(found.name)).values()
            yield from (one for one in members if inspect.isclass(one) and is_form(one))


def is_form(one: type) -> bool:
    return issubclass(one, forms.BaseForm) and hasattr(one, "base_fields")


ASKING = sorted(
    {one for one in every_form() if "reason" in one.base_fields}, key=lambda one: one.__name__
)


def test_the_forms_that_ask_for_a_reason_are_found():
    assert len(ASKING) >= 15
    assert {BreakOffForm, EasingForm, JuryForm} <= set(ASKING)


@pytest.mark.parametrize("form", ASKING, ids=lambda one: one.__name__)
def test_beside_every_reason_stands_that_it_is_kept_and_names_nobody(form):
    field = form.base_fields["reason"]

    hint = str(field.help_text)
    assert isinstance(field, ReasonField) or form is BreakOffForm
    assert "kept" in hint
    assert "write no names" in hint.lower() or "not a person" in hint


def test_what_is_public_is_said_to_be():
    for form in (BreakOffForm, EasingForm):
        assert form.base_fields["reason"].help_text == PUBLIC
    assert ReasonField().help_text == KEPT


@pytest.mark.django_db
def test_whoever_changes_the_size_of_the_panel_reads_it_too():
    jury = factories.make_jury(stage="registration")

    form = JuryForm(jury=jury, by=factories.make_user(), organisations=[jury.organisation])

    assert str(PUBLIC) in form.fields["reason"].help_text


@pytest.mark.django_db
def test_a_rule_that_keeps_people_out_names_no_person():
    form = RuleForm(jury=factories.make_jury())

    assert all("no person" in str(field.help_text) for field in form.fields.values())
