"""Tags: nothing is sent twice to who has it, and nothing is overwritten unseen."""

import threading
from typing import Any

import pytest
from tests.api.conftest import Program, program_of
from tests.factories.accounts import user_with_role
from tests.factories.news import ArticleFactory

from yhdys.accounts.models import StaffRole
from yhdys.news.actions import write_article
from yhdys.news.models import Article
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region


@pytest.fixture
def program(kainuu: Region) -> Program:
    with in_region(kainuu):
        return program_of(user_with_role(StaffRole.Role.EDITOR))


@pytest.fixture
def article(kainuu: Region) -> Any:
    with in_region(kainuu):
        return ArticleFactory.create(title_fi="Vanha", published=True)


def test_who_has_it_already_gets_nothing(kainuu: Region, article: Any) -> None:
    for path in ("news/", f"news/{article.pk}/", "schema/"):
        first = Program().get(path)
        tag = first["ETag"]
        for header in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            again = Program().get(path, if_none_match=header)
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
            assert again["Cache-Control"] == first["Cache-Control"]
        assert Program().get(path, if_none_match='"x"').status_code == 200
        assert Program().get(path, if_none_match="nonsense").status_code == 200


def test_a_change_moves_the_tag(kainuu: Region, article: Any) -> None:
    tags = [Program().get(path)["ETag"] for path in ("news/", f"news/{article.pk}/")]
    with in_region(kainuu):
        fresh = Article.objects.get(pk=article.pk)
        fresh.lead_fi = "Uusi johdanto."
        write_article(fresh, by=None)
    for path, tag in zip(("news/", f"news/{article.pk}/"), tags, strict=True):
        assert Program().get(path, if_none_match=tag).status_code == 200


def test_the_same_answer_of_two_regions_has_two_tags(kainuu: Region, lappi: Region) -> None:
    assert Program().get("news/").content == Program("lappi.localhost").get("news/").content
    assert Program().get("news/")["ETag"] != Program("lappi.localhost").get("news/")["ETag"]


def test_a_change_names_the_version_that_was_seen(program: Program, article: Any) -> None:
    path = f"news/{article.pk}/"
    tag = program.get(path)["ETag"]
    assert program.send("PATCH", path, {"title": {"fi": "A"}}).status_code == 428
    assert program.send("PATCH", path, {"title": {"fi": "A"}}, if_match='"x"').status_code == 412
    assert program.send("PATCH", path, {"title": {"fi": "A"}}, if_match="nonsense").status_code == 412
    changed = program.send("PATCH", path, {"title": {"fi": "A"}}, if_match=tag)
    assert (changed.status_code, changed.json()["title"]) == (200, {"fi": "A"})
    assert program.send("PATCH", path, {"title": {"fi": "B"}}, if_match=tag).status_code == 412
    again = program.send("PATCH", path, {"title": {"fi": "B"}}, if_match=f"W/{changed['ETag']}")
    assert again.status_code == 200
    assert program.send("PATCH", path, {"title": {"fi": "C"}}, if_match="*").status_code == 200
    assert program.told(path)["title"] == {"fi": "C"}


def test_the_answer_to_a_change_has_the_tag_of_the_next_reading(program: Program, article: Any) -> None:
    changed = program.change("PATCH", f"news/{article.pk}/", {"lead": {"sv": "Ingress"}})
    assert changed["ETag"] == program.get(f"news/{article.pk}/")["ETag"]


@pytest.mark.usefixtures("committed")
def test_of_two_who_change_at_once_one_is_told_to_look_again() -> None:
    with in_region("kainuu"):
        one = program_of(user_with_role(StaffRole.Role.EDITOR))
        made = ArticleFactory.create(title_fi="Alku")
    path = f"news/{made.pk}/"
    tag = one.get(path)["ETag"]
    answers: list[int] = []
    gate = threading.Barrier(2)

    def change(text: str) -> None:
        program = Program(token=one.headers["authorization"].removeprefix("Bearer "))
        gate.wait()
        answers.append(program.send("PATCH", path, {"title": {"fi": text}}, if_match=tag).status_code)

    both = [threading.Thread(target=change, args=(text,)) for text in ("Yksi", "Kaksi")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answers) == [200, 412]
