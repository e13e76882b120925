"""What is most sensitive, by role: words that stand nowhere else, searched for on every page."""

import pytest

from juries.audit import REGISTRANT
from juries.enums import LegalBasis, Role, Stage
from juries.models import Answer, FormSection, Jury, Question, Registrant
from juries.privacy.reading import readings
from juries.privacy.sealing import ANSWER, answer_place, seal
from juries.registration.answers import NeedsTold, write_needs
from juries.registration.entry import PARTICULARS, Particulars, change_registration, give_new_code
from tests import factories
from tests.everything import path, with_everything
from tests.test_access import ALLOWED

NEED, ANSWERED, HIDDEN = "kanariatarve", "kanariavastaus", "kanariakatu"


@pytest.fixture
def keys(jury):
    """A jury in which a member needs, answers and hides something."""
    keys = with_everything(jury)
    member = jury.seats.first().registrant
    write_needs(member, NeedsTold(words=NEED))
    section = FormSection.objects.filter(jury=jury).first()
    question = Question.objects.create(
        section=section,
        kind=Question.Kind.TEXT,
        label_fi="Terveys",
        sensitive=True,
        legal_basis=LegalBasis.EXPLICIT_CONSENT,
        position=99,
    )
    sealed = seal(ANSWER, answer_place(member.pk, question.pk), f'"{ANSWERED}"')
    Answer.objects.create(registrant=member, question=question, sealed=sealed)
    return {**keys, "registrant": member.pk}


def everything_read(role, client, jury, keys):
    """All that the role can read at the desk, by opening pages and by taking files out."""
    pages = [
        client.get(path(jury, page, keys))
        for page, roles in ALLOWED.items()
        if role in roles and not page.endswith((".pdf", ".svg"))
    ]
    pages.append(client.post(path(jury, "needs/", keys)))
    for columns in (["name", "street_address"], ["reference", "name", "email", "phone"]):
        facts = {"columns": columns, "form": "csv", "reason": "koe"}
        pages.append(client.post(path(jury, "exports/people/", keys), facts))
    pages.append(
        client.post(path(jury, "exports/pool/", keys), {"reader": "opendlp", "reason": "koe"})
    )
    return "".join(
        b"".join(page).decode(errors="replace") for page in pages if page.status_code == 200
    )


def test_s2_needs_are_read_by_whoever_arranges_and_sensitive_answers_by_nobody(
    jury, keys, sign_in_as
):
    read = {role: everything_read(role, sign_in_as(role, jury), jury, keys) for role in Role}

    assert [role for role, text in read.items() if NEED in text] == [Role.ARRANGER]
    assert not [role for role, text in read.items() if ANSWERED in text]


def test_r15_no_log_tells_that_somebody_has_asked_for_protection(jury, sign_in_as):
    [person] = factories.make_registrants(
        jury, [("woman", "old")], street_address=HIDDEN, postal_code="00100"
    )
    Jury.objects.update(stage=Stage.REGISTRATION)
    told = {name: getattr(person, name) for name in PARTICULARS} | {"address_protected": True}
    values = [trait.value for trait in person.traits.select_related("value")]

    change_registration(
        registrant=person, particulars=Particulars(**told), values=values, by=REGISTRANT
    )

    person.refresh_from_db()
    assert person.address_protected
    entry = jury.audit_entries.get(verb="registration.changed")
    assert entry.facts["changed"] == ["street_address", "postal_code"]
    pages = [
        sign_in_as(Role.ORGANISER, jury).get(path(jury, page, {"registrant": person.pk}))
        for page in ("audit/", "registrants/<int:registrant>/")
    ]
    for page in pages:
        assert "suojaus" not in page.content.decode()
        assert HIDDEN not in page.content.decode()


def test_a_new_code_stands_among_what_was_read(jury):
    """Whoever is given it could open the person's own page, with everything on it."""
    [person] = factories.make_registrants(jury, [("woman", "old")])

    give_new_code(registrant=Registrant.objects.get(pk=person.pk), by=factories.make_user())

    assert [entry.verb for entry in readings(jury)] == ["registration.new_code"]
