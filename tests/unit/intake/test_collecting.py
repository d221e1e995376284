"""Files, folders and archives: what is taken in, in which order, and what is refused."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from granskning_ai.errors import IntakeError
from granskning_ai.intake import Incoming, IntakeLimits, collect
from granskning_ai.intake.archives import list_members, read_member
from granskning_ai.model import FileFailure


def archive(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return path


def names(items: list[Incoming | FileFailure]) -> list[str]:
    return [item.name if isinstance(item, Incoming) else f"!{item.path}" for item in items]


def test_a_folder_is_read_in_the_order_of_names_without_hidden_locked_and_foreign_files(tmp_path: Path) -> None:
    for name in ["b.txt", "Å.txt", "a.md", ".dold.txt", "~$rapport.docx", ".~lock.a.md#", "bild.png", "Thumbs.db"]:
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    for folder in ["under", ".git", "__MACOSX"]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "c.txt").write_text("Text.", encoding="utf-8")
    items = collect([tmp_path])
    assert names(items) == ["a.md", "b.txt", "Å.txt", "c.txt"]
    assert [i.path for i in items][-1] == f"{tmp_path}/under/c.txt"


def test_what_is_named_directly_is_an_error_where_a_folder_passes_it_over(tmp_path: Path) -> None:
    (tmp_path / "blad.xlsx").write_bytes(b"x")
    missing, foreign, empty = collect([tmp_path / "saknas.pdf", tmp_path / "blad.xlsx", tmp_path])
    assert isinstance(missing, FileFailure)
    assert "finns inte" in missing.message
    assert isinstance(foreign, FileFailure)
    assert "(.xlsx)" in foreign.message
    assert foreign.hint
    assert isinstance(empty, FileFailure)
    assert "inga dokument" in empty.message


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.", encoding="utf-8")
    assert names(collect([path, tmp_path, str(path)])) == ["a.txt"]


def test_loading_tells_the_format_and_the_same_id_everywhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    archive(tmp_path / "b.zip", **{"mapp__a.txt": "Text."})
    plain, packed = collect([tmp_path / "a.txt", tmp_path / "b.zip"])
    assert isinstance(plain, Incoming)
    assert isinstance(packed, Incoming)
    assert packed.path == f"{tmp_path}/b.zip › mapp/a.txt"
    assert plain.load()[0] == packed.load()[0]
    assert plain.load()[0].format == "text"
    assert packed.load()[1] == b"Text."


def test_one_bad_member_stops_nothing(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"1.txt": "Text.", "2.pdf": b"", "3.zip": b"PK", "4.exe": b"MZ", "5.txt": "Mer."}
    path = archive(tmp_path / "a.zip", **members)
    items = collect([path])
    assert names(items) == ["1.txt", "2.pdf", f"!{path} › 3.zip", "5.txt"]
    assert isinstance(items[2], FileFailure)
    assert "zip-arkiv inne i ett annat" in items[2].message
    empty = items[1]
    assert isinstance(empty, Incoming)
    with pytest.raises(IntakeError, match="är tom"):
        empty.load()


def test_a_path_that_climbs_out_of_the_archive_is_only_a_name(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"..__..__etc__lista.txt": "Text.", "C:\\x\\y.txt": "Text."})
    shown = [item.path.rsplit(" › ", 1)[1] for item in collect([path])]
    assert shown == ["C:/x/y.txt", "etc/lista.txt"]
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_swedish_member_names_survive_programs_that_do_not_declare_their_encoding(tmp_path: Path) -> None:
    name = "Åtgärdsplan.txt".encode()
    path = archive(tmp_path / "a.zip", **{"x" * len(name): "Text."})
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name))
    (member,) = list_members(path)
    assert member[1] == "Åtgärdsplan.txt"


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (IntakeLimits(members=1), "innehåller 2 filer"),
        (IntakeLimits(unpacked=10), "uppackat"),
    ],
)
def test_an_archive_beyond_the_limits_is_refused_whole(tmp_path: Path, limits: IntakeLimits, reason: str) -> None:
    path = archive(tmp_path / "a.zip", **{"1.txt": "Text ett.", "2.txt": "Text två."})
    (failure,) = collect([path], limits=limits)
    assert isinstance(failure, FileFailure)
    assert reason in failure.message


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"1.txt": b"0" * 11 * 1024**2})
    with pytest.raises(IntakeError, match="orimligt hårt komprimerad"):
        read_member(path, "1.txt")


def test_a_member_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"1.txt": os.urandom(5000)})
    with pytest.raises(IntakeError, match="större än"):
        read_member(path, "1.txt", IntakeLimits(size=1000))


def test_a_damaged_archive_is_a_failure_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 trasig")
    (failure,) = collect([tmp_path / "a.zip"])
    assert isinstance(failure, FileFailure)
    assert "skadat" in failure.message


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", **{"1.txt": b"Kommunen ska ta fram en plan. " * 50})
    data = bytearray(path.read_bytes())
    data[40:60] = b"\xff" * 20
    path.write_bytes(bytes(data))
    (item,) = collect([path])
    assert isinstance(item, Incoming)
    with pytest.raises(IntakeError, match="skadad"):
        item.load()


def test_a_file_over_the_size_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    (item,) = collect([tmp_path / "a.txt"], limits=IntakeLimits(size=3))
    assert isinstance(item, Incoming)
    with pytest.raises(IntakeError, match="gränsen är"):
        item.load()
