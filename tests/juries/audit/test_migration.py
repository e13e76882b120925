"""A log that was written before there were chains gets its places in the order it was written."""

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from juries.audit import SYSTEM, record
from juries.audit_chain import check_all
from juries.models import AuditEntry
from tests import factories
from tests.juries.audit.breaking import SHAPES

BEFORE = [("juries", "0005_draw_and_exclusions")]


@pytest.fixture
def migrate(transactional_db: None) -> Iterator[Callable[..., StateApps]]:
    """Brings the tables to a state; afterwards they are in the newest again."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()

    def to(targets: list[tuple[str, str]] = newest) -> StateApps:
        return MigrationExecutor(connection).migrate(targets).apps

    yield to
    to()


def test_older_lines_become_chains_and_newer_ones_follow(migrate):
    juries = [factories.make_jury(slug) for slug in ("yksi", "kaksi")]
    user = factories.make_user()
    entries = migrate(BEFORE).get_model("juries", "AuditEntry").objects
    for number in range(1200):
        entries.create(
            jury_id=(juries[0].pk, juries[1].pk, None)[number % 3],
            by_id=user.pk if number % 2 else None,
            actor="user" if number % 2 else "registrant",
            verb="jury.changed",
            facts=SHAPES[number % len(SHAPES)],
        )

    migrate()

    assert check_all() == []
    for chain in (str(juries[0].pk), str(juries[1].pk), "house"):
        places = AuditEntry.objects.filter(chain=chain).order_by("pk").values_list("seq", flat=True)
        assert list(places) == list(range(1, 401))
    with pytest.raises(IntegrityError):
        AuditEntry.objects.filter(seq=7).delete()
    assert record("jury.changed", jury=juries[1], by=SYSTEM).seq == 401
    assert check_all() == []
