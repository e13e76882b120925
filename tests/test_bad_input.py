"""Whatever is sent to a form, somebody answers in words: nothing falls over."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client

from juries.enums import Role, Stage
from juries.models import Jury
from statements.models import Delivery
from statements.web import ANSWER_LINK
from tests.everything import path, registered, with_everything
from tests.statements import stories
from tests.test_access import ALLOWED

IN_EVERY_FIELD = ("", "1" + "0" * 20, "9" * 5000, "-1", "\x00", "²", "9999-12-31T23:59")
IN_ONE_FIELD = ("1" + "0" * 20, "9999-12-31")
FIELDS_TRIED_ALONE = 12
LEAVING = ("/sign-out/", "/own/leave/")
OWN_PAGES = ("", "page/", "change/", "withdraw/", "chance/", "seat/", "sessions/")
OWN_PAGES += ("statement/", "vote/", "dissent/")

type Sent = Mapping[str, str]


class Forms(HTMLParser):
    """The forms of a page that are posted: where to, and what a browser would send at once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.posting = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = {name: text or "" for name, text in attributes}
        if tag == "form":
            self.posting = about.get("method") == "post"
            if self.posting:
                self.found.append((about.get("action", ""), {}))
        elif (
            self.posting and about.get("name") and tag in {"input", "select", "textarea", "button"}
        ):
            self.found[-1][1].setdefault(about["name"], about.get("value", ""))


def forms_on(client: Client, address: str) -> Iterator[tuple[str, dict[str, str]]]:
    response = client.get(address)
    if response.status_code == 200 and "html" in response.headers["Content-Type"]:
        page = Forms()
        page.feed(response.content.decode())
        for action, fields in page.found:
            fields.pop("csrfmiddlewaretoken", None)
            if not action.endswith(LEAVING):
                yield action.partition("#")[0] or address, fields


def hostile(fields: Sent) -> Iterator[Sent]:
    yield {}
    for text in IN_EVERY_FIELD:
        yield dict.fromkeys(fields, text)
    for name in list(fields)[:FIELDS_TRIED_ALONE]:
        for text in IN_ONE_FIELD:
            yield {**fields, name: text}


def answers(client: Client, addresses: list[str]) -> Iterator[tuple[str, int]]:
    """Where each hostile form went and what came back; nothing of it stays.

    Of forms that differ only in the number in their address, the first stands for all.
    """
    seen = set()
    for address in addresses:
        for action, fields in forms_on(client, address):
            alike = (re.sub(r"\d+", "0", action), *fields)
            if alike in seen:
                continue
            seen.add(alike)
            for sent in hostile(fields):
                with transaction.atomic():
                    yield action, client.post(action, sent).status_code
                    transaction.set_rollback(True)


def desk(jury: Jury, keys: Mapping[str, int]) -> list[str]:
    return [path(jury, page, dict(keys)) for page in ALLOWED if "<int:" not in page or keys]


def assert_answered(client: Client, addresses: list[str], *, at_least: int) -> None:
    came_back = list(answers(client, addresses))

    assert {status for _action, status in came_back} <= {200, 302, 403, 404, 405}
    assert len({action for action, _status in came_back}) >= at_least


def test_staff_who_set_a_jury_up(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)

    house = [f"/fi/organisations/{jury.organisation.slug}/{page}" for page in ("", "members/")]
    assert_answered(client, ["/fi/desk/new/kansalaisraati/", *house, *desk(jury, {})], at_least=14)


def test_staff_of_a_jury_that_has_come_to_its_answers(jury, sign_in_as):
    keys = with_everything(jury)
    client = sign_in_as(Role.ORGANISER, jury)

    assert_answered(client, desk(jury, keys), at_least=15)


def test_staff_who_draft(jury, sign_in_as):
    stories.seated(jury)
    part = stories.drafted(jury).parts.last()
    client = sign_in_as(Role.FACILITATOR, jury)
    pages = ["statement/", "statement/new-recommendation/", f"statement/{part.pk}/"]

    assert_answered(client, [path(jury, page, {}) for page in pages], at_least=3)


def test_somebody_who_signs_up(jury):
    Jury.objects.update(stage=Stage.REGISTRATION)
    pages = [f"/fi/juries/{jury.slug}/sign-up/", "/fi/own/", "/fi/sign-in/", "/fi/answer/open/"]

    assert_answered(Client(), pages, at_least=4)


@pytest.mark.parametrize(("story", "forms"), [("voting_on", 2), ("counted", 2)])
def test_a_juror(jury, story, forms):
    seats = stories.seated(jury)
    getattr(stories, story)(jury)

    pages = [f"/fi/own/{page}" for page in OWN_PAGES if page != "chance/"]

    assert_answered(stories.own_client(seats[0]), pages, at_least=forms)


def test_a_registrant(jury):
    registered(jury)
    Jury.objects.update(stage=Stage.REGISTRATION)
    client = Client()
    session = client.session
    session["own_registrant"] = jury.registrants.first().pk
    session.save()

    assert_answered(client, [f"/fi/own/{page}" for page in OWN_PAGES], at_least=3)


def test_a_decision_maker(jury):
    with_everything(jury)
    client = Client()
    session = client.session
    session[ANSWER_LINK] = Delivery.objects.get().code_digest
    session.save()

    assert_answered(client, ["/fi/answer/"], at_least=1)


@pytest.mark.parametrize("text", ["abc", "-1", "9" * 5000, "1" + "0" * 20, "\x00", "²"])
def test_questions_in_the_address(jury, sign_in_as, text):
    keys = with_everything(jury)
    client = sign_in_as(Role.ORGANISER, jury)
    asked = {
        "page": ("registrants/", "audit/", "duplicates/", "lottery/1/tickets/"),
        "words": ("registrants/",),
        "state": ("registrants/",),
        "reference": ("lottery/1/",),
        "in": ("recruitment/qr.svg",),
        "after": (f"statement/{keys['part']}/revisions/",),
    }

    statuses = {
        client.get(path(jury, page, keys), {name: text}).status_code
        for name, pages in asked.items()
        for page in pages
    }

    assert statuses == {200}
