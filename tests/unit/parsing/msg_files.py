"""Writes Outlook files (.msg) for the tests: compound files with storages, streams and properties."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STRING, BINARY, TIME = 0x001F, 0x0102, 0x0040

Tree = dict[str, "bytes | Tree"]


@dataclass
class Entry:
    name: str
    kind: int
    data: bytes = b""
    kids: list[int] = field(default_factory=list)
    start: int = END


def outlook_letter(
    *,
    subject: str,
    body: str,
    sender: str = "",
    to: str = "",
    sent: int | None = None,
    attachments: tuple[Tree, ...] = (),
    inner: bool = False,
) -> Tree:
    """The storage of a letter. `sent` counts 100-nanosecond steps from the year 1601."""
    texts = {0x0037: subject, 0x1000: body, 0x0C1A: sender, 0x0E04: to}
    head = bytes(24) if inner else struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments))
    tree = storage({k: v for k, v in texts.items() if v}, {}, head, sent=sent)
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def attached_file(name: str, data: bytes, media_type: str = "", content_id: str = "") -> Tree:
    texts = {0x3707: name, 0x370E: media_type, 0x3712: content_id}
    return storage({k: v for k, v in texts.items() if v}, {0x3701: data}, bytes(8))


def attached_letter(name: str, letter: Tree) -> Tree:
    tree = storage({0x3001: name}, {}, bytes(8))
    tree["__substg1.0_3701000D"] = letter
    return tree


def storage(texts: dict[int, str], binaries: dict[int, bytes], head: bytes, sent: int | None = None) -> Tree:
    tree: Tree = {}
    rows = b""
    for number, text in texts.items():
        tree[f"__substg1.0_{number:04X}{STRING:04X}"] = data = text.encode("utf-16-le")
        rows += struct.pack("<HHIII", STRING, number, 6, len(data) + 2, 0)
    for number, data in binaries.items():
        tree[f"__substg1.0_{number:04X}{BINARY:04X}"] = data
        rows += struct.pack("<HHIII", BINARY, number, 6, len(data), 0)
    if sent is not None:
        rows += struct.pack("<HHIQ", TIME, 0x0039, 6, sent)
    tree["__properties_version1.0"] = head + rows
    return tree


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with the tree's storages and streams."""
    entries = [Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    mini = b""
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        first, count = len(sectors), -(-len(data) // SECTOR)
        for index in range(count):
            sectors.append(data[index * SECTOR : (index + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + index + 1 if index + 1 < count else END)
        return first if count else END

    for entry in entries:
        if entry.kind == 2 and len(entry.data) >= CUTOFF:
            entry.start = put(entry.data)
        elif entry.kind == 2 and entry.data:
            entry.start = len(mini_fat)
            count = -(-len(entry.data) // MINI)
            mini_fat += [entry.start + index + 1 if index + 1 < count else END for index in range(count)]
            mini += entry.data.ljust(count * MINI, b"\0")
    entries[0].data, entries[0].start = mini, put(mini)
    mini_start = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat))
    directory = put(b"".join(_row(entries, index) for index in range(len(entries))))
    count = 1
    while count * (SECTOR // 4) < len(fat) + count:
        count += 1
    places = list(range(len(sectors), len(sectors) + count))
    table = [*fat, *[FAT] * count]
    table += [FREE] * (count * (SECTOR // 4) - len(table))
    sectors += [struct.pack("<128I", *table[i * 128 : (i + 1) * 128]) for i in range(count)]
    header = struct.pack(
        "<8s16x5H6x10I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, count, directory, 0, CUTOFF, mini_start, -(-4 * len(mini_fat) // SECTOR), END, 0),
        places[0],
    )
    header += struct.pack("<108I", *[*places[1:], *[FREE] * (109 - len(places))])
    return header + b"".join(sectors)


def _add(entries: list[Entry], parent: int, tree: Tree) -> None:
    for name, value in tree.items():
        entries.append(Entry(name, 2 if isinstance(value, bytes) else 1, value if isinstance(value, bytes) else b""))
        entries[parent].kids.append(len(entries) - 1)
        if not isinstance(value, bytes):
            _add(entries, len(entries) - 1, value)


def _row(entries: list[Entry], index: int) -> bytes:
    """A directory entry. Brothers hang in a chain to the right, in the order that the format asks for."""
    entry = entries[index]
    brother = FREE
    for parent in entries:
        if index in parent.kids:
            order = sorted(parent.kids, key=lambda kid: (len(entries[kid].name), entries[kid].name.upper()))
            place = order.index(index)
            brother = order[place + 1] if place + 1 < len(order) else FREE
    kids = sorted(entry.kids, key=lambda kid: (len(entries[kid].name), entries[kid].name.upper()))
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBB3I36xIQ",
        name.ljust(64, b"\0"),
        len(name),
        entry.kind,
        1,
        FREE,
        brother,
        kids[0] if kids else FREE,
        entry.start if entry.kind != 1 else 0,
        len(entry.data),
    )
