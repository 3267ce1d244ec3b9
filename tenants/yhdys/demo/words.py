"""A text of the content files, in up to three languages."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Text:
    """A text in Finnish and, where a visitor expects it, in Swedish and English."""

    fi: str
    sv: str = ""
    en: str = ""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """A text that is in Finnish only."""
        return cls(fi=text)

    def columns(self, name: str) -> dict[str, str]:
        """The three columns of a translated field."""
        return {f"{name}_fi": self.fi, f"{name}_sv": self.sv, f"{name}_en": self.en}
