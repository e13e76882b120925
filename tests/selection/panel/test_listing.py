"""What stands beside a person on the lists of a drawn panel: nothing sensitive, ever."""

import pytest

from juries.enums import GRANTS, Act, LegalBasis, Role
from juries.models import AuditEntry, Question
from juries.questions.standard import ensure_form
from selection.panel.listing import criteria_shown, listed
from tests.selection.conftest import address, text

OF_THE_PANEL = [(role, "panel") for role in Role]
OF_THE_DRAW = [(role, "draw") for role in Role if Act.SEE_LOTTERY in GRANTS[role]]


@pytest.fixture
def panel(drawn):
    """Gender is asked by a sensitive question, and stands in a combination too."""
    jury = drawn.draw.jury
    ensure_form(jury)
    Question.objects.filter(criterion__jury=jury, criterion__key="gender").update(
        sensitive=True, legal_basis=LegalBasis.EXPLICIT_CONSENT
    )
    gender, age = jury.criteria.all()
    jury.criteria.create(key="both", position=9, source="combined", first=gender, second=age)
    return jury


@pytest.mark.parametrize(("role", "page"), OF_THE_PANEL + OF_THE_DRAW)
def test_i11_sensitive_groups_stand_beside_nobody(panel, sign_in_as, role, page):
    response = sign_in_as(role, panel).get(address(panel, page))

    shown = text(response)
    assert panel.seats.first().registrant.reference in shown
    assert [str(one) for one in response.context["criteria"]] == ["age"]
    beside = response.context["rows" if page == "panel" else "panel"]
    values = [one.values if page == "panel" else one[1] for one in beside]
    assert len(values) == 4
    assert all(len(row) == 1 and "man" not in str(row) for row in values)
    assert not AuditEntry.objects.filter(verb__endswith=".read").exists()


@pytest.mark.parametrize("page", ["panel", "draw"])
def test_i11_control_groups_by_other_questions_stand_there(drawn, desk, page):
    response = desk.get(address(drawn.draw.jury, page))

    assert [str(one) for one in response.context["criteria"]] == ["gender", "age"]


def test_a_group_that_is_not_known_leaves_its_column_blank(drawn):
    jury = drawn.draw.jury
    person = jury.seats.first().registrant
    person.traits.filter(criterion__key="gender").delete()

    rows = listed(jury, criteria_shown(jury), named=False)

    [row] = [row for row in rows if row.seat.registrant == person]
    age = str(person.traits.get().value)
    assert row.values == [("gender", ""), ("age", age)]
