"""A text of Impasto's own in a picture's XMP packet, which PNG, JPEG, TIFF and WebP all carry."""

from __future__ import annotations

from html import escape
from typing import Final
from xml.etree import ElementTree

from engine import __version__

NAMESPACE: Final = "urn:impasto:xmp:1:"
LARGEST_PACKET: Final = 2**23
"""Bytes that may be written; nearly all of so many would be masks."""
LARGEST_READ: Final = 2**24
"""Bytes of a packet that is looked into: other programs may have added much of their own."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PACKET: Final = """\
<?xpacket begin="\N{BYTE ORDER MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:impasto="{own}">
<xmp:CreatorTool>Impasto {version}</xmp:CreatorTool>
{property}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def packet(name: str, text: str) -> bytes:
    """Make a packet that holds a text under a name, UTF-8.

    Args:
        name: of the property, an XML name.
        text: of characters that XML 1.0 allows.
    """
    # XML's own escaping comes with a whole web client, which would be loaded at every start.
    return _filled(f"<impasto:{name}>{escape(text, quote=False)}</impasto:{name}>")


def pointer(digest: str) -> bytes:
    """Make a packet that says by which MD5 the rest of it is found."""
    return _filled(
        f'<n:HasExtendedXMP xmlns:n="http://ns.adobe.com/xmp/note/">{digest}</n:HasExtendedXMP>'
    )


def _filled(element: str) -> bytes:
    packet = _PACKET.format(rdf=_RDF, own=NAMESPACE, version=__version__, property=element)
    return packet.encode()


def property_of(packet: bytes, name: str) -> str | None:
    """Find in a packet, of whatever origin, what `packet` put there; None if it is not there.

    Other programs may have rewritten the packet, so it is taken as RDF, not as a pattern.
    """
    if len(packet) > LARGEST_READ or NAMESPACE.encode() not in packet:
        return None
    if b"<!DOCTYPE" in packet:  # could make entities that grow without end; no XMP has any
        return None
    try:
        root = ElementTree.fromstring(packet.decode().strip("\0 \r\n\N{BYTE ORDER MARK}"))
    except (ElementTree.ParseError, UnicodeDecodeError, RecursionError):
        return None
    key = f"{{{NAMESPACE}}}{name}"
    for description in root.iter(f"{{{_RDF}}}Description"):
        text = description.get(key) or description.findtext(key)
        if text:
            return text
    return None
