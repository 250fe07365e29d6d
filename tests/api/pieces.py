"""A body that comes piece by piece and knows how much of it was taken."""

from collections.abc import AsyncIterator
from dataclasses import dataclass


@dataclass
class Pieces:
    """``data`` in pieces of ``size`` bytes, or in as many that are ``empty``."""

    data: bytes
    size: int = 65_536
    empty: bool = False
    taken: int = 0

    async def come(self) -> AsyncIterator[bytes]:
        """One piece after another, as somebody asks for it."""
        for start in range(0, len(self.data), self.size):
            piece = self.data[start : start + self.size]
            self.taken += len(piece)
            yield b"" if self.empty else piece
