"""How much work a JPEG makes, told by its markers before anything is unpacked."""

import re
from typing import Final

# Source: ISO/IEC 10918-1, annex B. In the data of a scan, FF is followed by 00 or by a
# restart (D0 to D7), which has no length; below C0 there is none that a decoder takes.
_MARKER: Final = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")
_HEAD: Final = b"\xff\xd8"
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA


def has_more_scans(data: bytes, most: int) -> bool:
    """Whether a JPEG draws itself in more than ``most`` passes; no other file does.

    Each one may be a few bytes and makes a decoder walk over all pixels again. What
    lies in a segment (the thumbnail of a camera) or behind the end does not count.
    """
    if not data.startswith(_HEAD):
        return False
    scans, at = 0, len(_HEAD)
    while scans <= most and (found := _MARKER.search(data, at)):
        at = found.end()
        marker = data[at - 1]
        if marker == _END:
            break
        if marker != _START:
            at += int.from_bytes(data[at : at + 2], "big")
            scans += marker == _SCAN
    return scans > most
