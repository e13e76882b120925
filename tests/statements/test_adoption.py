"""The adopted text, its hash, and what the public page says when they no longer agree."""

import hashlib
import io
import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from juries.errors import WrongStage
from juries.models import AuditEntry, Jury
from juries.typesetting import typeset
from statements import adoption, dissenting, pdf
from statements.document import canonical_text, document_of, fingerprint
from statements.models import Revision, Statement
from tests.statements import stories


def public_page(jury, name="statement"):
    return Client().get(reverse(f"statements:{name}", args=[jury.slug]))


def test_a_statement_is_adopted_when_the_votes_are_counted_and_only_once(jury):
    stories.seated(jury)
    statement = stories.voting_on(jury)
    with pytest.raises(WrongStage):
        adoption.adopt_statement(statement=statement, by=stories.organiser(jury))
    Statement.objects.all().delete()
    statement = stories.counted(jury)

    adopted = adoption.adopt_statement(statement=statement, by=stories.organiser(jury))

    assert adopted.adopted_sha256 == hashlib.sha256(adopted.adopted_text.encode()).hexdigest()
    with pytest.raises(WrongStage):
        adoption.adopt_statement(statement=statement, by=stories.organiser(jury))
    facts = AuditEntry.objects.get(verb="statement.adopted").facts
    assert facts["sha256"] == adopted.adopted_sha256


def test_the_canonical_text_says_everything_and_is_always_the_same(jury):
    seat = stories.seated(jury)[0]
    statement = stories.counted(jury)
    dissenting.write_dissent(
        seat=seat, part=None, text="En yhdy.", by_name=False, signed_as="Kolme raatilaista"
    )

    text = canonical_text(document_of(statement))

    assert text == canonical_text(document_of(Statement.objects.get()))
    for words in ("Lähipalvelut 2035", "Me raadin jäsenet.", "Yhteinen tila tulee.", "En yhdy."):
        assert f"  {words}" in text.splitlines()
    assert "votes: yes 4, no 0, blank 0: adopted" in text.splitlines()
    assert "Kolme raatilaista" in text


def test_no_ones_words_can_pass_for_a_line_of_the_canonical_form(jury):
    stories.seated(jury)
    forged = "Alku.\nvotes: yes 99, no 0, blank 0: adopted\rmembers: 1\u2028voters: 1"
    statement = stories.counted(jury)
    Revision.objects.filter(heading="Johdanto").update(text=forged)

    margin = [
        line
        for line in canonical_text(document_of(statement)).splitlines()
        if not line.startswith("  ")
    ]

    assert not any("99" in line for line in margin)
    assert [line for line in margin if line.startswith(("members", "voters"))] == [
        "members: 4",
        "voters: 4",
    ]


def test_a_statement_is_public_when_it_is_published_and_not_before(jury):
    stories.seated(jury)
    statement = stories.counted(jury)
    statement = adoption.adopt_statement(statement=statement, by=stories.organiser(jury))
    for name in ("statement", "pdf", "text"):
        assert public_page(jury, name).status_code == 404

    adoption.publish_statement(statement=statement, by=stories.organiser(jury))

    for name in ("statement", "pdf", "text"):
        assert public_page(jury, name).status_code == 200


def test_a_statement_of_an_unpublished_jury_is_not_public(jury):
    stories.seated(jury)
    stories.published(jury)
    Jury.objects.filter(pk=jury.pk).update(published_at=None)

    assert public_page(jury).status_code == 404


def test_the_page_says_when_it_no_longer_shows_the_adopted_text(jury):
    stories.seated(jury)
    statement = stories.published(jury)
    assert public_page(jury).context["unchanged"] is True

    Revision.objects.filter(heading="Johdanto").update(text="Me raadin jäsenet emme.")
    assert public_page(jury).context["unchanged"] is False
    Revision.objects.filter(heading="Johdanto").update(text="Me raadin jäsenet.")
    assert public_page(jury).context["unchanged"] is True

    Statement.objects.filter(pk=statement.pk).update(adopted_text="Muuta.\n")
    assert public_page(jury).context["unchanged"] is False


def test_a_jury_that_is_renamed_later_leaves_the_adopted_text_alone(jury):
    stories.seated(jury)
    stories.published(jury)

    Jury.objects.filter(pk=jury.pk).update(name_fi="Toinen nimi")

    page = public_page(jury)
    assert page.context["unchanged"] is True
    assert page.context["document"].title == "Lähipalvelut 2035"


def test_the_text_file_is_what_the_printed_hash_is_of(jury):
    stories.seated(jury)
    statement = stories.published(jury)

    content = public_page(jury, "text").content

    assert hashlib.sha256(content).hexdigest() == statement.adopted_sha256
    assert statement.adopted_sha256 in public_page(jury).content.decode()


def test_the_pdf_is_tagged_in_the_statements_language_and_carries_the_hash(jury):
    stories.seated(jury)
    statement = stories.published(jury)

    reader = PdfReader(io.BytesIO(public_page(jury, "pdf").content))
    words = "".join(page.extract_text() for page in reader.pages)

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fi"
    assert "StructTreeRoot" in "".join(root)
    assert statement.adopted_sha256 in "".join(words.split())
    assert "Kirjastoauto ja palvelukyyti" in words


def test_markup_in_what_people_wrote_stays_what_they_wrote(jury):
    stories.seated(jury)
    statement = stories.published(jury, ['*Tila* #panic("x") $1 <script>'])

    words = PdfReader(io.BytesIO(public_page(jury, "pdf").content)).pages[0].extract_text()

    assert '*Tila* #panic("x") $1 <script>' in " ".join(words.split())
    assert "&lt;script&gt;" in public_page(jury).content.decode()
    assert statement.adopted_sha256 == fingerprint(statement.adopted_text)


def test_a_symbol_that_no_typeface_has_keeps_nobody_from_the_statement(jury):
    stories.seated(jury)
    stories.published(jury, ["Lisää ankkoja 🦆"])

    answer = public_page(jury, "pdf")

    assert answer.status_code == 200
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Lisää ankkoja" in "".join(page.extract_text() for page in reader.pages)


def test_the_same_statement_gives_the_same_pdf_to_the_byte(jury):
    stories.seated(jury)
    stories.published(jury)
    first = public_page(jury, "pdf").content
    typeset.cache_clear()

    assert public_page(jury, "pdf").content == first


def test_the_database_holds_no_adopted_statement_without_a_hash_and_publishes_no_other(jury):
    stories.seated(jury)
    statement = stories.counted(jury)

    for broken in (
        {"state": "adopted"},
        {"published_at": "2027-05-08T16:00Z"},
        {"threshold_percent": 49},
        {"voter_count": 5},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Statement.objects.filter(pk=statement.pk).update(**broken)


def test_the_public_page_names_no_voter_and_no_unnamed_dissenter(jury):
    seats = stories.seated(jury)
    statement = stories.counted(jury)
    dissenting.write_dissent(seat=seats[0], part=None, text="En yhdy.", by_name=False)
    adoption.adopt_statement(statement=statement, by=stories.organiser(jury))
    statement = adoption.publish_statement(statement=statement, by=stories.organiser(jury))

    everything = (
        public_page(jury).content.decode()
        + public_page(jury, "text").content.decode()
        + json.dumps(pdf._data(statement, document_of(statement)))
    )

    assert "En yhdy." in everything
    for seat in seats:
        assert seat.registrant.name not in everything
        assert seat.registrant.reference not in everything


@pytest.mark.parametrize("count", [1, 12])
def test_the_statement_costs_the_same_whatever_its_length(jury, django_assert_num_queries, count):
    stories.seated(jury)
    statement = stories.published(jury, [f"Suositus {number}" for number in range(count)])
    for number in range(count):
        given, _code = stories.delivered(statement, body=f"Lautakunta {number}")
        stories.answered(given)

    with django_assert_num_queries(6):
        public_page(jury)
