"""The word for what a region's tables hold moves with every commit that changes them, and with nothing else."""

import secrets
import socket
import time
from collections.abc import Callable, Iterator

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from tests.factories.news import ArticleFactory

from yhdys.keywords.models import Keyword
from yhdys.local.processes import free_port
from yhdys.news.models import Article
from yhdys.overview.actions import push
from yhdys.regions.hosts import announce_change
from yhdys.site.models import RegionSettings
from yhdys.tenancy import outbox
from yhdys.tenancy import revisions as module
from yhdys.tenancy.context import NATIONAL, PUBLIC, in_national, in_region, scope_of
from yhdys.tenancy.models import KeptLimit, OutboxEntry
from yhdys.tenancy.revisions import COMMITTING, PRIVATE, REFERENCE, Revision, changed_by, revisions

KAINUU = scope_of("kainuu")


def of(schema: str) -> Revision | None:
    with in_national() if schema == PUBLIC else in_region(schema):
        return revisions.current()


def raw(sql: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


def many() -> None:
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE site_regionsettings SET phone = %s", [("1",), ("2",)])


def copied() -> None:
    with connection.cursor() as cursor, cursor.copy("COPY demo_loadedrecord FROM STDIN"):
        pass


WRITES: dict[str, Callable[[], object]] = {
    "insert": lambda: ArticleFactory(),
    "update": lambda: RegionSettings.objects.update(phone="1"),
    "save": lambda: RegionSettings.objects.get().save(),
    "delete": lambda: RegionSettings.objects.all().delete(),
    "raw": raw("UPDATE site_regionsettings SET phone = '2'"),
    "lower case": raw("update site_regionsettings set phone = '2'"),
    "with": raw("WITH it AS (SELECT 1) UPDATE site_regionsettings SET phone = '3'"),
    "behind a read": raw("SELECT 1; UPDATE site_regionsettings SET phone = '4'"),
    "many": many,
    "copy": copied,
}


@pytest.mark.usefixtures("committed")
class TestWhatMovesIt:
    """Every way of writing, inside a transaction and outside; and what does not."""

    @pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
    @pytest.mark.parametrize("in_transaction", [True, False])
    def test_every_write_moves_this_regions_word_alone(self, write: Callable[[], object], in_transaction: bool) -> None:
        before, elsewhere, nation = of("kainuu"), of("lappi"), of(PUBLIC)
        assert before
        with in_region("kainuu"):
            if in_transaction:
                with transaction.atomic():
                    write()
                    assert of("kainuu") == before, "What is not committed is no change."
            else:
                write()
        assert of("kainuu") not in (before, None)
        assert (of("lappi"), of(PUBLIC)) == (elsewhere, nation)

    def test_it_has_moved_when_what_waits_for_the_commit_runs(self) -> None:
        before, seen = of("kainuu"), []
        with in_region("kainuu"), transaction.atomic():
            transaction.on_commit(lambda: seen.append(of("kainuu")))
            RegionSettings.objects.update(phone="1")
        assert before not in seen
        assert seen == [of("kainuu")]

    def test_reading_rolling_back_and_private_tables_do_not(self) -> None:
        before = of("kainuu")
        with in_region("kainuu"):
            list(RegionSettings.objects.all())
            list(Article.objects.all().union(Article.objects.all()))
            KeptLimit.objects.create(key="k", value=1, expires_at="2030-01-01T00:00Z")
            with transaction.atomic():
                RegionSettings.objects.update(phone="1")
                transaction.set_rollback(True)
            with transaction.atomic():
                list(Article.objects.select_for_update())
        assert of("kainuu") == before

    def test_a_failed_transaction_that_is_committed_moves_nothing(self) -> None:
        before = of("kainuu")
        with in_region("kainuu"):
            transaction.set_autocommit(False)
            try:
                RegionSettings.objects.update(phone="1")
                with pytest.raises(Exception, match="nowhere"):
                    raw("UPDATE nowhere SET a = 1")()
                connection.needs_rollback = False
                connection.commit()
            finally:
                transaction.set_autocommit(True)
        assert of("kainuu") == before

    def test_a_command_of_the_owner_moves_everybodys(self) -> None:
        before = {schema: of(schema) for schema in ("kainuu", "lappi", PUBLIC)}
        announce_change()
        assert all(of(schema) != word for schema, word in before.items())

    def test_a_push_to_the_nation_moves_both(self) -> None:
        before, elsewhere, nation = of("kainuu"), of("lappi"), of(PUBLIC)
        with in_region("kainuu"):
            push()
        assert of("kainuu") != before
        assert of(PUBLIC) != nation
        assert of("lappi") == elsewhere

    def test_a_reference_table_moves_everybodys(self) -> None:
        before = {schema: of(schema) for schema in ("kainuu", "lappi", PUBLIC)}
        with in_national():
            Keyword.objects.filter(pk=None).update(name_fi="x")
            raw("UPDATE keywords_keyword SET name_fi = name_fi WHERE false")()
        assert all(of(schema) != word for schema, word in before.items())


class TestStatements:
    """What a statement changes, by its words."""

    @pytest.mark.parametrize(
        "statement", ["SELECT 1", "(SELECT 1) UNION (SELECT 2)", 'SAVEPOINT "s"', 'RELEASE SAVEPOINT "s"']
    )
    def test_reading_changes_nothing(self, statement: str) -> None:
        assert not changed_by(statement, KAINUU)

    @pytest.mark.parametrize("statement", [None, b"SELECT 1", "", "TRUNCATE x", "SELECT 1; DELETE FROM x", "MERGE x"])
    def test_what_is_not_plainly_reading_does(self, statement: object) -> None:
        assert set(changed_by(statement, KAINUU)) == {"kainuu"}

    @pytest.mark.parametrize("table", sorted(PRIVATE))
    def test_private_tables_exist_and_change_nothing(self, table: str) -> None:
        assert table in {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        for verb in ("INSERT INTO", "UPDATE", "DELETE FROM"):
            assert not changed_by(f'{verb} "{table}" …', KAINUU)

    def test_one_statement_cannot_hide_behind_another(self) -> None:
        assert changed_by('UPDATE "accounts_session" SET a = 1; UPDATE "news_article" SET b = 2', KAINUU)

    def test_public_tables_are_everybodys_but_for_the_nations_own(self) -> None:
        assert set(changed_by('UPDATE "keywords_keyword" SET', NATIONAL)) == {PUBLIC, REFERENCE}
        assert set(changed_by('UPDATE "overview_figure" SET', NATIONAL)) == {PUBLIC}
        assert set(changed_by('UPDATE "overview_figure" SET', KAINUU)) == {PUBLIC, "kainuu"}


class TestTimes:
    """Around a commit, and when a process dies in its midst."""

    def test_no_word_holds_while_somebody_commits(self, django_db_setup: None) -> None:
        before = of("kainuu")
        with revisions.committing(["kainuu"], unheard):
            assert of("kainuu") is None
            assert of("lappi")
            with revisions.committing(["kainuu"], unheard):
                assert of("kainuu") is None
            assert of("kainuu") is None, "The first one is still on its way."
        assert of("kainuu") not in (before, None)

    def test_a_process_that_dies_leaves_no_old_word(
        self, django_db_setup: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "COMMITTING", 1)
        before = of("kainuu")
        revisions._begin(
            keys=[module._word_key("kainuu"), module._commits_key("kainuu")], args=[secrets.token_hex(8), 1]
        )
        assert of("kainuu") is None
        with revisions.committing(["kainuu"], unheard):
            pass
        time.sleep(2.1)
        assert of("kainuu") not in (before, None)
        assert COMMITTING >= 10, "A commit may take that long."

    def test_a_lost_word_is_replaced_by_a_new_one(self, django_db_setup: None) -> None:
        before = of("kainuu")
        revisions.client().delete(module._word_key("kainuu"))
        after = of("kainuu")
        assert after not in (before, None)
        assert of("kainuu") == after

    def test_a_connection_that_hung_up_is_made_anew(self, django_db_setup: None) -> None:
        before = of("kainuu")
        revisions._line()._sock.shutdown(socket.SHUT_RDWR)
        assert of("kainuu") == before


def unheard() -> None:
    raise AssertionError("The cache server was there.")


@pytest.fixture
def nobody_listens(committed: None) -> Iterator[None]:
    """The cache server is down."""
    before = settings.CACHE_URL
    settings.CACHE_URL = f"redis://127.0.0.1:{free_port()}/0"
    yield
    settings.CACHE_URL = before
    revisions._asked_again_at = 0


@pytest.mark.usefixtures("nobody_listens")
class TestNobodyListens:
    """The cache server is down: nothing breaks, and it is told later."""

    def test_nothing_is_known(self) -> None:
        assert of("kainuu") is None

    @pytest.mark.parametrize("in_transaction", [True, False])
    def test_what_was_committed_is_told_later(self, in_transaction: bool, settings: pytest.FixtureRequest) -> None:
        with in_region("kainuu"):
            if in_transaction:
                with transaction.atomic():
                    RegionSettings.objects.update(phone="1")
            else:
                RegionSettings.objects.update(phone="1")
            assert RegionSettings.objects.get().phone == "1"
            entry = OutboxEntry.objects.get(effect="tenancy.new_revisions")
            assert entry.arguments == ["kainuu"]

    def test_what_was_rolled_back_is_not(self) -> None:
        with in_region("kainuu"), transaction.atomic():
            RegionSettings.objects.update(phone="1")
            transaction.set_rollback(True)
        with in_region("kainuu"):
            assert not OutboxEntry.objects.exists()

    def test_it_is_tried_until_somebody_listens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        moved: list[str] = []
        with in_region("kainuu"):
            RegionSettings.objects.update(phone="1")
            OutboxEntry.objects.update(due_at="2020-01-01T00:00Z")
            outbox.sweep()
            again = OutboxEntry.objects.get(state=OutboxEntry.State.WAITING)
            monkeypatch.setattr(revisions, "move", lambda *names: moved.extend(names))
            OutboxEntry.objects.filter(pk=again.pk).update(due_at="2020-01-01T00:00Z")
            outbox.sweep()
            assert moved == ["kainuu"]
            assert not OutboxEntry.objects.filter(state=OutboxEntry.State.WAITING).exists()

    def test_telling_it_by_hand_raises(self) -> None:
        with pytest.raises(redis.RedisError):
            revisions.move("kainuu")
