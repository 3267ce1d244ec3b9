"""Reading the content files of a region."""

from functools import cache
from importlib.resources import files

import yaml

from yhdys.demo.schema import Content, Council, Meetings, News, Organisations, Settings
from yhdys.demo.strict import ContentError, build

REGIONS = ("kainuu", "lappi", "kymenlaakso", "pohjois-pohjanmaa")
"""The launch regions, in the order in which they are loaded."""


@cache
def read(slug: str) -> Content:
    """What the files tell of the region. Raises ContentError for a region without files, or for a fault in them."""
    if slug not in REGIONS:
        raise ContentError(f"There is no demonstration content for “{slug}”; there is for {', '.join(REGIONS)}.")
    return Content(
        slug=slug,
        settings=build(Settings, _file(slug, "settings"), f"{slug}/settings.yaml"),
        organisations=build(Organisations, _file(slug, "organisations"), f"{slug}/organisations.yaml"),
        council=build(Council, _file(slug, "council"), f"{slug}/council.yaml"),
        meetings=build(Meetings, _file(slug, "meetings"), f"{slug}/meetings.yaml"),
        news=build(News, _file(slug, "news"), f"{slug}/news.yaml"),
    )


def _file(slug: str, name: str) -> object:
    text = files("yhdys.demo").joinpath(f"content/{slug}/{name}.yaml").read_text(encoding="utf-8")
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe ones
    except yaml.YAMLError as error:
        raise ContentError(f"{slug}/{name}.yaml: {error}") from error
