"""Photographs that people upload, made fit to publish: upright, not larger than a page needs, and without the place and
the camera that a telephone writes into them.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from yhdys.core.errors import ActionRefused

LONGEST_SIDE = 1600
"""In pixels."""
MOST_PIXELS = 60_000_000
"""More than any camera of a telephone; a file that would unpack to more is refused before it is unpacked."""
JPEG_QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """An image ready to be kept: its bytes, kind (``jpg`` or ``png``) and size in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


def prepare(file: IO[bytes]) -> Picture:
    """Make an uploaded JPEG or PNG fit to publish. Raises ActionRefused for anything that is no such image."""
    try:
        with Image.open(file, formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ActionRefused(_("The image has too many pixels. Save it smaller."))
            is_png = opened.format == "PNG"
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            clean = upright.convert("RGBA" if is_png and upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ActionRefused(_("The file is not an image that can be read. Save it again as JPEG or PNG.")) from error
    clean.info.clear()
    body = BytesIO()
    if is_png:
        clean.save(body, "PNG", optimize=True)
    else:
        clean.save(body, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return Picture(body.getvalue(), "png" if is_png else "jpg", clean.width, clean.height)
