"""The frame around every page: language, ways, notices."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_language_link_leads_to_the_same_page(client: Client) -> None:
    html = client.get("/en/privacy/?from=letter").content.decode()

    assert 'href="/fi/privacy/?from=letter"' in html
    assert 'href="/sv/privacy/?from=letter"' in html
    assert 'lang="en"' in html


def test_a_page_that_is_not_there_still_offers_every_language(client: Client) -> None:
    response = client.get("/sv/nothing/here/")

    assert response.status_code == 404
    assert '<html lang="sv">' in response.content.decode()
    assert 'href="/fi/"' in response.content.decode()


def test_the_first_thing_on_a_page_is_the_way_to_its_content(client: Client) -> None:
    html = client.get("/en/contact/").content.decode()

    assert html.index("<a ") == html.index('<a class="skip-link" href="#main">')
    assert 'id="main"' in html


@pytest.mark.parametrize("notice", ["accessibility", "privacy", "contact"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_notice_is_there_without_an_organisation(
    client: Client, notice: str, language: str
) -> None:
    response = client.get(f"/{language}/{notice}/")

    assert response.status_code == 200


def test_a_stranger_who_only_reads_gets_no_cookie(client: Client) -> None:
    response = client.get("/en/contact/")

    assert not response.cookies
