"""Images of articles: upright, small enough, and silent about where they were taken."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.factories.news import ArticleFactory

from yhdys.core import images
from yhdys.core.errors import ActionRefused
from yhdys.core.images import LONGEST_SIDE, Picture, prepare
from yhdys.news import actions
from yhdys.news.models import Article
from yhdys.regions.models import Region
from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import OutboxEntry

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
HOST = {"host": "kainuu.localhost"}


def photograph(width: int = 40, height: int = 20, kind: str = "JPEG", orientation: int = 1) -> BytesIO:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Kamera Oy"
    exif.get_ifd(GPS)[1] = "N"
    body = BytesIO()
    Image.new("RGB", (width, height), "red").save(body, kind, exif=exif)
    body.seek(0)
    return body


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_place_and_the_camera_are_gone(kind: str) -> None:
    picture = prepare(photograph(kind=kind))
    with Image.open(BytesIO(picture.content)) as shown:
        assert dict(shown.getexif()) == {}
        assert shown.format == kind
    assert b"Kamera" not in picture.content


def test_a_photograph_held_sideways_stands_upright() -> None:
    picture = prepare(photograph(40, 20, orientation=6))
    assert (picture.width, picture.height) == (20, 40)


def test_a_large_one_becomes_as_large_as_a_page_needs() -> None:
    picture = prepare(photograph(LONGEST_SIDE * 2, LONGEST_SIDE))
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff\xe0broken", b"<svg onload=x()>", b"%PDF-1.7", b"GIF89a" + bytes(20), b"\x89PNG\r\n\x1a\n"],
)
def test_what_is_no_image_is_refused(content: bytes) -> None:
    with pytest.raises(ActionRefused):
        prepare(BytesIO(content))


def test_one_that_would_unpack_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 799)
    with pytest.raises(ActionRefused):
        prepare(photograph(40, 20))


PICTURE = Picture(b"\xff\xd8\xffkuva", "jpg", 40, 20)


def with_image(**fields: object) -> Article:
    article: Article = ArticleFactory(image_description_fi="Kokousväkeä", **fields)
    return actions.set_image(article, PICTURE, by=None)


def test_an_image_needs_a_description(region: Region) -> None:
    with pytest.raises(ActionRefused):
        actions.set_image(ArticleFactory(), PICTURE, by=None)


def test_the_file_goes_when_another_takes_its_place(region: Region) -> None:
    article = with_image()
    first = article.image.name
    article = actions.set_image(article, PICTURE, by=None)
    (entry,) = OutboxEntry.objects.filter(effect="news.forget_image")
    assert outbox.run(entry.pk)
    assert not default_storage.exists(first)
    assert default_storage.exists(article.image.name)


def test_the_public_sees_it_with_its_description_only_when_published(region: Region, lappi: Region) -> None:
    article = with_image()
    path = f"/uutiset/kuva/{article.image_version}"
    assert Client().get(path, headers=HOST).status_code == 404
    actions.publish_article(article, by=None)
    answer = Client().get(path, headers=HOST)
    assert b"".join(answer.streaming_content) == PICTURE.content  # type: ignore[attr-defined]  # streamed
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.cookies == {}
    article.refresh_from_db()
    page = " ".join(Client().get(f"/uutiset/{article.slug}/", headers=HOST).content.decode().split())
    assert f'src="{path}" alt="Kokousväkeä" width="40" height="20"' in page
    assert Client().get(path, headers={"host": "lappi.localhost"}).status_code == 404


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "olematon.jpg", "x.svg"])
def test_no_other_file_can_be_had(region: Region, name: str) -> None:
    assert Client().get(f"/uutiset/kuva/{name}", headers=HOST).status_code == 404


def test_another_regions_image_is_in_another_folder(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        article = with_image()
    with in_region(lappi):
        assert not default_storage.exists(article.image.name)


class TestDesk:
    """The form that takes it."""

    @pytest.fixture
    def client(self, region: Region) -> Client:
        from tests.accounts.conftest import enter
        from tests.factories.accounts import user_with_role

        return enter(Client(), region, user_with_role("editor", email="toimittaja@example.org"))

    def sent(self, client: Client, file: SimpleUploadedFile, description: str = "Kokousväkeä") -> int:
        form = {
            "kind": "news",
            "title_fi": "Otsikko",
            "body_fi": "Teksti",
            "picture": file,
            "image_description_fi": description,
        }
        return int(client.post("/tyopoyta/uutiset/uusi/", form, headers=HOST).status_code)

    def test_it_is_taken_with_its_description(self, client: Client) -> None:
        assert self.sent(client, SimpleUploadedFile("kuva.jpg", photograph().getvalue(), "image/jpeg")) == 302
        article = Article.objects.get()
        assert (article.image_width, article.image_height) == (40, 20)

    def test_it_is_refused_without_one(self, client: Client) -> None:
        file = SimpleUploadedFile("kuva.jpg", photograph().getvalue(), "image/jpeg")
        assert self.sent(client, file, description="") == 422
        assert not Article.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("kuva.svg", b"<svg/>"),
            ("kuva.jpg", b"<script>x()</script>"),
            ("kuva.jpg", b"\xff\xd8\xff\xe0rikki"),
            ("kuva.png", b"\xff\xd8\xff\xe0"),
            ("kuva.jpg", b"\xff\xd8\xff" + bytes(9 * 1024 * 1024)),
        ],
    )
    def test_wrong_kinds_and_sizes_are_told(self, client: Client, name: str, content: bytes) -> None:
        assert self.sent(client, SimpleUploadedFile(name, content, "image/jpeg")) == 422
        assert not Article.objects.exists()
