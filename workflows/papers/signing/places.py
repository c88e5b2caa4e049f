"""Where marks stand on a page, as NĐ 30/2020 Phụ lục I places them: the signer's picture, the seal over its left."""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
# The agency's seal covers about a third of the signature, on its left.
COVERED = 1 / 3


@dataclass(frozen=True)
class Place:
    """A box on a page: `page` counts from 0; points from the lower left corner of the page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from bottom to top."""
        return self.top - self.bottom

    def fitted(self, width: float, height: float) -> Place:
        """The largest box with these proportions that fits inside, in the middle of it."""
        scale = min(self.width / width, self.height / height)
        return self.centred(width * scale, height * scale)

    def centred(self, width: float, height: float) -> Place:
        """A box of this size around the middle of this one."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        return Place(self.page, x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def moved(self, right: float) -> Place:
        """The same box, moved to the right by so many points."""
        return Place(self.page, self.left + right, self.bottom, self.right + right, self.top)


def seal_over(signature: Place, width_mm: float, height_mm: float) -> Place:
    """The box of a seal of this real size that covers about a third of the signature on its left."""
    width, height = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
    centred = signature.centred(width, height)
    return centred.moved(signature.left + signature.width * COVERED - centred.right)


def corner_for_text(page_width: float, page_height: float, width: float, height: float) -> Place:
    """The box of a text-only mark: top right of the first page, inside the margins (right 15 mm, above the text)."""
    right, top = page_width - 15 * POINTS_PER_MM, page_height - 5 * POINTS_PER_MM
    return Place(0, right - width, top - height, right, top)
