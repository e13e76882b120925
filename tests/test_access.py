"""Who may open what, written down once more by hand; and what nobody without the right ever reads.

A new page of the desk fails here until somebody has thought about who may open it.
"""

import re
from collections.abc import Iterator

from django.test import Client

from juries.enums import Role
from juries.models import Jury, Registrant, Upload
from juries.post.kinds import KINDS
from selection.models import PanelSeat
from selection.panel.circles import CIRCLES
from statements.models import Delivery, Part
from tests import factories
from tests.everything import path, registered, with_everything
from tests.selection.conftest import close, commit_to, run_lottery
from tests.statements import stories
from tests.test_architecture import ROUTES

ORGANISER, RECRUITER, FACILITATOR, OBSERVER, ARRANGER, PRIVACY_OFFICER = Role

PAGES: dict[tuple[Role, ...], tuple[str, ...]] = {
    tuple(Role): (
        "",
        "panel/",
        "annex.pdf",
        "composition/",
        "composition/report.csv",
        "composition/report.pdf",
    ),
    (ORGANISER, RECRUITER, FACILITATOR, ARRANGER): (
        "sessions/",
        "sessions/<int:number>/",
        "sessions/<int:number>/tables/",
        "members/",
        "members/name-tags.pdf",
        "members/attendance.pdf",
    ),
    (ORGANISER, RECRUITER, OBSERVER, PRIVACY_OFFICER): (
        "pool/",
        "reach/",
        "feasibility/",
        "lottery/",
        "lottery/compare/",
        "lottery/<int:number>/",
        "lottery/<int:number>/tickets/",
        "draw/",
        "draw/ceremony/",
        "draw/<int:number>/<int:round>/minutes.pdf",
    ),
    (ARRANGER,): ("needs/", "needs/totals.pdf", "needs/<int:holder>/"),
    (ORGANISER, OBSERVER): ("draw/balls/", "draw/balls/confirm/", "draw/confirm-beacon/"),
    (ORGANISER, RECRUITER): (
        "recruitment/",
        "recruitment/doors/",
        "recruitment/invitations/",
        "recruitment/qr.svg",
        "recruitment/samples/new/",
        "recruitment/samples/file/<int:addresses>/",
        "recruitment/samples/<int:sample>/",
        "recruitment/samples/<int:sample>/erase/",
        "recruitment/samples/<int:sample>/letters/",
        "recruitment/reminders/",
        "recruitment/no-letters/",
        "recruitment/waves/<int:wave>/",
        "recruitment/waves/<int:wave>/file/",
        "recruitment/waves/<int:wave>/sent/",
        "recruitment/waves/<int:wave>/back/",
        "recruitment/waves/<int:wave>/letters/",
        "recruitment/waves/<int:wave>/letters/make/",
        "recruitment/waves/<int:wave>/letters/cancel/",
        "recruitment/waves/<int:wave>/letters/fetch/",
        "post/",
        "post/undo/",
        "post/again/",
        *(f"post/{key}/" for key in KINDS),
        *(f"post/{key}/sample.pdf" for key, kind in KINDS.items() if kind.is_letter),
        "post/to-many/missing/",
        "post/to-many/unconfirmed/",
        "recruitment/response/",
        "recruitment/forecast/",
        "recruitment/outreach/",
        "recruitment/outreach/<int:outreach>/qr/",
        "recruitment/outreach/<int:outreach>/remove/",
        "exclusions/",
        "registrants/<int:registrant>/exclude/",
        "duplicates/",
        "duplicates/take-back/",
        "calls/",
        "calls/<int:call>/",
        "incomplete/",
        "incomplete/leave-out/",
        "import/",
        "import/<int:upload>/",
        "exports/",
        "exports/people/",
        "exports/pool/",
        "exports/quotas.csv",
        "uploads/<int:waiting>/",
        "uploads/<int:waiting>/forget/",
        "registrants/",
        "registrants/<int:registrant>/agreed/",
        "registrants/new/",
        "registrants/<int:registrant>/",
        "registrants/<int:registrant>/change/",
        "registrants/<int:registrant>/call/",
        "registrants/<int:registrant>/withdraw/",
        "registrants/<int:registrant>/code/",
        "draw/receipt/<int:registrant>/",
        "draw/<int:number>/record/",
        "draw/<int:number>/record/copy/",
        "panel/<int:seat>/",
        "panel/<int:seat>/drop-out/",
        "panel/<int:seat>/deadline/",
        "panel/<int:seat>/letter/",
        "panel/calls/",
        "panel/calls/<int:seat>/",
        *(f"panel/tell/{key}/" for key in CIRCLES),
        *(
            f"panel/{deed}/{key}/"
            for key, circle in CIRCLES.items()
            for deed in ("letters", "posted")
            if circle.letter
        ),
        "panel/phoned/not-drawn/<int:registrant>/",
        "panel/phoned/reserves/<int:registrant>/",
        "panel/hold-back/",
        "panel/release/",
        "panel/replacements/",
        "panel/replacements/rank/",
        "panel/reserves/",
        "panel/named/",
        "panel/named/<int:named>/",
        "panel/named/<int:named>/give-up/",
        "panel/named/<int:named>/needs/",
        "members/contacts/",
        "members/fees/",
        "members/fees/file/",
        "members/<int:seat>/fee/",
        "members/<int:seat>/name/",
    ),
    (ORGANISER, FACILITATOR): (
        "sessions/<int:number>/attendance/",
        "statement/",
        "statement/start/",
        "statement/new-section/",
        "statement/new-recommendation/",
        "statement/<int:part>/",
        "statement/<int:part>/arrange/",
        "statement/<int:part>/revisions/",
    ),
    (ORGANISER, OBSERVER, PRIVACY_OFFICER): ("audit/", "privacy/"),
    (PRIVACY_OFFICER,): ("recruitment/by-hand/", "draw/opening/"),
    (ORGANISER,): (
        "settings/",
        "copy/",
        "remove/",
        "publish-jury/",
        "unpublish-jury/",
        "open-registration/",
        "close-registration/",
        "reopen-registration/",
        "criteria/",
        "privacy/retention/",
        "criteria/table/",
        "criteria/calculate/",
        "criteria/new/",
        "criteria/combine/",
        "criteria/population/",
        "criteria/population/<int:figures>/",
        "criteria/<int:criterion>/",
        "criteria/<int:criterion>/remove/",
        "exclusions/rules/",
        "exclusions/rules/<int:exclusion>/",
        "questions/",
        "questions/preview/",
        "questions/trial/",
        "questions/<int:question>/",
        "questions/<int:question>/arrange/",
        "questions/sections/new/",
        "questions/sections/<int:section>/",
        "questions/sections/<int:section>/new/",
        "questions/sections/<int:section>/arrange/",
        "feasibility/ease/",
        "lottery/start/",
        "lottery/rehearse/",
        "lottery/<int:number>/cancel/",
        "draw/<int:number>/record/statements/new/",
        "draw/<int:number>/record/statements/<int:statement>/remove/",
        "draw/freeze/",
        "draw/commit/",
        "draw/balls/enter/",
        "draw/beacon/",
        "draw/beacon/ask/",
        "draw/balls-alone/",
        "draw/break-off/",
        "draw/break-off-round/",
        "draw/close/",
        "panel/replacements/lottery/",
        "sessions/new/",
        "sessions/<int:number>/change/",
        "sessions/<int:number>/publish/",
        "sessions/<int:number>/items/new/",
        "sessions/<int:number>/items/<int:item>/",
        "sessions/<int:number>/items/<int:item>/arrange/",
        "sessions/<int:number>/tables/seat/",
        "experts/new/",
        "experts/<int:expert>/",
        "vote/",
        "vote/rule/",
        "vote/open/",
        "vote/close/",
        "vote/adopt/",
        "vote/publish/",
        "delivery/",
        "delivery/<int:delivery>/new-link/",
    ),
}
ALLOWED = {page: roles for roles, pages in PAGES.items() for page in pages}

# The same converter name is used for different things.
OWN_NAMES = {
    "panel/<int:pk>/": "panel/<int:seat>/",
    "panel/calls/<int:pk>/": "panel/calls/<int:seat>/",
    "delivery/<int:pk>/": "delivery/<int:delivery>/",
    "statement/<int:pk>/": "statement/<int:part>/",
}
DESK = "fi/desk/<slug:slug>/"
LINK = re.compile(r'href="(/fi/desk/[^"#?]+)')


def desk_pages() -> Iterator[str]:
    for route, _entry in ROUTES:
        if route.startswith(DESK):
            page = route.removeprefix(DESK)
            for general, own in OWN_NAMES.items():
                page = page.replace(general, own)
            yield page


def opened(client: Client, jury: Jury, keys: dict[str, int]) -> str:
    """Everything the client can read of the jury, by any page at the desk and in public."""
    addresses = [path(jury, page, keys) for page in ALLOWED]
    public = ("", "statement/", "draw/ceremony/", "record/1/", "record/1/by-hand/")
    public += ("record/1/record.zip",)
    addresses += [f"/fi/juries/{jury.slug}/{page}" for page in public]
    addresses.append("/fi/desk/")
    responses = [client.get(address) for address in addresses]
    return "".join(
        response.content.decode(errors="replace")
        for response in responses
        if response.status_code == 200
    )


def test_every_page_of_the_desk_stands_in_the_table():
    assert sorted(ALLOWED) == sorted(desk_pages())


def test_each_role_opens_its_own_pages_and_no_others(jury, sign_in_as):
    keys = with_everything(jury)

    for role in Role:
        client = sign_in_as(role, jury)
        for page, roles in ALLOWED.items():
            address = path(jury, page, keys)
            got = client.get(address).status_code
            assert got in ({200, 405} if role in roles else {403}), (role, page)
            if role not in roles:
                assert client.post(address).status_code == 403, (role, page)


def closed_doors(client: Client, pages: set[str]) -> set[str]:
    """Links on the pages that lead whoever reads them to a refusal."""
    links: dict[str, str] = {}
    for page in pages:
        for link in LINK.findall(client.get(page).content.decode(errors="replace")):
            links.setdefault(re.sub(r"/[0-9]+(?=/)", "/0", link), link)
    return {link for link in links.values() if client.get(link).status_code == 403}


def test_no_page_leads_its_reader_to_a_closed_door(jury, sign_in_as):
    keys = with_everything(jury)
    begun = factories.make_jury("alku", stage="setting_up", published_at=None)
    begun.criteria.all().delete()

    for role in Role:
        mine = [page for page, roles in ALLOWED.items() if role in roles]
        whole = {path(jury, page, keys) for page in mine}
        assert closed_doors(sign_in_as(role, jury), whole) == set(), role
        bare = {path(begun, page, {}) for page in mine if "<int:" not in page}
        assert closed_doors(sign_in_as(role, begun), bare) == set(), role


def test_what_belongs_to_another_jury_is_not_there_under_this_ones_address(jury, sign_in_as):
    keys = with_everything(factories.make_jury("toinen"))
    before = [model.objects.count() for model in (Registrant, PanelSeat, Upload, Part)]

    for page, roles in ALLOWED.items():
        if "<int:" in page:
            client = sign_in_as(ORGANISER if ORGANISER in roles else roles[0], jury)
            address = path(jury, page, keys)
            assert client.get(address).status_code in {404, 405}, page
            assert client.post(address, {"deed": "remove"}).status_code == 404, page

    after = [model.objects.count() for model in (Registrant, PanelSeat, Upload, Part)]
    assert after == before


def test_contact_details_are_read_by_recruiting_roles_only(jury, sign_in_as):
    keys = with_everything(jury)

    readers = {
        role: re.findall(r"salainen\.example|040 5550|Salakatu", text)
        for role in Role
        for text in [opened(sign_in_as(role, jury), jury, keys)]
    }

    assert [role for role, found in readers.items() if found] == [ORGANISER, RECRUITER]


def test_facilitators_read_the_names_of_the_panel_and_of_nobody_else(jury, sign_in_as):
    keys = with_everything(jury)
    panel = set(jury.seats.values_list("registrant__name", flat=True))

    read = {
        role: set(re.findall(r"Kanarialintu\d\d", opened(sign_in_as(role, jury), jury, keys)))
        for role in Role
    }

    assert read[FACILITATOR] == panel
    assert read[OBSERVER] == set()
    assert panel < read[ORGANISER] == read[RECRUITER]


def test_no_name_is_on_any_page_of_the_draw_before_it_is_confirmed(jury, sign_in_as):
    registered(jury)
    by = factories.make_member(jury, Role.ORGANISER)
    lottery = run_lottery(close(jury), by)
    commit_to(lottery, by)
    pages = ("", "panel/", "pool/", "feasibility/", "lottery/", "lottery/1/", "lottery/1/tickets/")
    pages += ("draw/", "draw/ceremony/", "draw/balls/", "sessions/", "audit/")

    client = sign_in_as(Role.ORGANISER, jury)
    responses = [client.get(path(jury, page, {})) for page in pages]

    assert {response.status_code for response in responses} == {200}
    assert b"p00" in responses[pages.index("lottery/1/tickets/")].content
    assert not [page.request["PATH_INFO"] for page in responses if b"Kanarialintu" in page.content]


def test_strangers_and_decision_makers_read_no_name_of_the_pool_or_panel(jury):
    keys = with_everything(jury)
    bearer = Client()
    session = bearer.session
    session["answer_link"] = Delivery.objects.get().code_digest
    session.save()

    text = opened(Client(), jury, keys) + bearer.get("/fi/answer/").content.decode()

    assert "Kaupunginhallitus" in text
    assert not re.findall(r"Kanarialintu|salainen|040 5550|Salakatu", text)


def test_personal_pages_are_kept_by_no_cache(jury, sign_in_as):
    keys = with_everything(jury)
    client = sign_in_as(Role.ORGANISER, jury)
    juror = stories.own_client(jury.seats.drawn().first())

    pages = [
        client.get(path(jury, page, keys)) for page, roles in ALLOWED.items() if ORGANISER in roles
    ]
    officer = sign_in_as(PRIVACY_OFFICER, jury)
    pages.append(officer.get(path(jury, "recruitment/by-hand/", keys)))
    pages += [
        juror.get(f"/fi/own/{page}")
        for page in (
            "page/",
            "seat/",
            "receipt/",
            "receipt/receipt.json",
            "name/",
            "sessions/",
            "statement/",
        )
    ]
    pages += [juror.get(f"/fi/own/{page}") for page in ("vote/", "dissent/")]

    assert {page.status_code for page in pages} <= {200, 405}
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)
