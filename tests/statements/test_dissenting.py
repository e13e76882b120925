"""Dissenting opinions, between the count and the adoption."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from juries.errors import JuryError, WrongStage
from statements import adoption, dissenting, voting
from statements.models import Dissent, Statement
from tests.statements import stories


def dissent(seat, **facts):
    return dissenting.write_dissent(
        **{"seat": seat, "part": None, "text": "En yhdy tähän.", "by_name": False, **facts}
    )


def test_an_opinion_is_written_only_between_the_count_and_the_adoption(jury):
    seat = stories.seated(jury)[0]
    statement = stories.drafted(jury)
    by = stories.organiser(jury)
    with pytest.raises(WrongStage):
        dissent(seat)
    Statement.objects.filter(pk=statement.pk).delete()
    statement = stories.counted(jury)
    dissent(seat)

    adoption.adopt_statement(statement=statement, by=by)

    with pytest.raises(WrongStage):
        dissent(seat, text="Myöhässä.")
    assert Dissent.objects.get().text == "En yhdy tähän."


def test_writing_again_on_the_same_thing_replaces_and_on_another_adds(jury):
    seat = stories.seated(jury)[0]
    part = voting.recommendations_of(stories.counted(jury)).first()
    dissent(seat)

    dissent(seat, text="Sanon sen paremmin.")
    dissent(seat, part=part)

    assert [(one.part, one.text) for one in Dissent.objects.all()] == [
        (None, "Sanon sen paremmin."),
        (part, "En yhdy tähän."),
    ]


def test_an_opinion_is_signed_as_its_author_chose(jury):
    named, unnamed, spokesperson, _other = stories.seated(jury)
    stories.counted(jury)

    dissent(named, by_name=True)
    dissent(unnamed)
    dissent(spokesperson, signed_as="Kolme raatilaista")

    signatures = list(Dissent.objects.values_list("signed_as", flat=True))
    assert signatures[0] == named.registrant.name
    assert unnamed.registrant.name not in signatures[1]
    assert signatures[2] == "Kolme raatilaista"


def test_adoption_cuts_the_thread_between_an_unnamed_opinion_and_its_author(jury):
    named, unnamed, *_others = stories.seated(jury)
    statement = stories.counted(jury)
    dissent(named, by_name=True)
    dissent(unnamed)

    adoption.adopt_statement(statement=statement, by=stories.organiser(jury))

    assert list(Dissent.objects.values_list("seat", flat=True)) == [named.pk, None]


def test_an_opinion_can_be_withdrawn_by_its_author_only(jury):
    author, other, *_others = stories.seated(jury)
    stories.counted(jury)
    written = dissent(author)
    url = reverse("statements:withdraw_dissent", args=[written.pk])

    assert stories.own_client(other).post(url).status_code == 404
    assert Dissent.objects.count() == 1

    stories.own_client(author).post(url)

    assert not Dissent.objects.exists()


def test_another_statements_recommendation_is_refused(jury):
    seat = stories.seated(jury)[0]
    stories.counted(jury)
    other = stories.factories.make_jury("toinen")
    stories.seated(other)
    foreign = voting.recommendations_of(stories.drafted(other)).first()

    with pytest.raises(JuryError):
        dissent(seat, part=foreign)


def test_the_database_keeps_one_opinion_each_on_the_whole(jury):
    seat = stories.seated(jury)[0]
    statement = stories.counted(jury)
    dissent(seat)

    with pytest.raises(IntegrityError), transaction.atomic():
        Dissent.objects.create(statement=statement, seat=seat, text="x", signed_as="y")


def test_a_juror_writes_an_opinion_on_the_own_page(jury):
    seat = stories.seated(jury)[0]
    part = voting.recommendations_of(stories.counted(jury)).last()
    client, url = stories.own_client(seat), reverse("statements:dissent")

    wrong = client.post(url, {"part": part.pk, "text": "Illat ovat tärkeitä.", "signed": ""})
    assert set(wrong.context["form"].errors) == {"signed"}
    assert "Illat ovat tärkeitä.</textarea>" in wrong.content.decode()

    client.post(url, {"part": part.pk, "text": "Illat ovat tärkeitä.", "signed": "name"})

    written = Dissent.objects.get()
    assert (written.part, written.signed_as) == (part, seat.registrant.name)
    assert "Illat ovat tärkeitä." in client.get(url).content.decode()

    client.post(url, {"part": "whole", "text": "Kokonaisuus on väärä.", "signed": "member"})

    assert Dissent.objects.get(part=None).text == "Kokonaisuus on väärä."
