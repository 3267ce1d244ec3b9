"""What the linter of imports cannot see: foreign keys are named by strings, and they obey the same order."""

import tomllib
from pathlib import Path

from django.apps import apps

PROJECT = Path(__file__).resolve().parents[1]


def ranks() -> dict[str, int]:
    """Each app's height by its label, from the contract of imports: the higher, the larger."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (direction,) = [contract for contract in contracts if contract["id"] == "direction"]
    lowest_first = list(reversed(direction["layers"]))
    return {
        name.strip(" ()").rpartition(".")[2]: height
        for height, layer in enumerate(lowest_first)
        for name in layer.split("|")
    }


def test_every_app_of_ours_has_its_place_in_the_order() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("yhdys.")}
    assert ours <= set(ranks())


def test_foreign_keys_point_downwards() -> None:
    heights = ranks()
    upwards = {
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model not in (None, "self")
        if model._meta.app_label in heights and field.related_model._meta.app_label in heights
        if heights[field.related_model._meta.app_label] > heights[model._meta.app_label]
    }
    assert upwards == set()
