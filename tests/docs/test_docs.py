"""The documentation speaks of a program that exists: commands, links, make targets, settings."""

from __future__ import annotations

import importlib.util
import re
import shlex
import socket
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from granskning_ai.cli.app import app
from granskning_ai.model import Catalogue, Requirement, SourceFile, Status
from granskning_ai.parsing import parse
from granskning_ai.pipeline import understand
from granskning_ai.requirements.catalogues import load_catalogues, parse_catalogue
from granskning_ai.settings import ENV_PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
GROUP: Any = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands)
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FOLDERS = ("docs", "corpora", "evals", "prompts")


@cache
def pages() -> dict[str, str]:
    """Every page of documentation by its path from the root."""
    paths = sorted([*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))])
    # The sources of the example corpus are documents, not documentation.
    paths = [path for path in paths if "kallor" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def consoles(page: str) -> str:
    """What a page tells the reader to write in the terminal."""
    return "\n".join(text for language, text in FENCE.findall(pages()[page]) if language == "console")


def commands(page: str) -> list[list[str]]:
    """Every `granskning` command on a page, in blocks and in running text, as words."""
    lines = consoles(page).splitlines() + re.findall(r"`(granskning [^`]+)`", FENCE.sub("", pages()[page]))
    found = []
    for line in lines:
        words = shlex.split(line.replace("…", ""))
        if "granskning" in words:
            found.append(words[words.index("granskning") + 1 :])
    return found


def check(words: list[str]) -> None:
    """Fails where a command line names a command or an option that does not exist."""
    command = GROUP
    for before, word in zip(["", *words], words, strict=False):
        if word.startswith("-"):
            known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
            assert word in known, f"granskning {shlex.join(words)}: {word} finns inte"
        elif command is GROUP and before != "--arbetsyta":
            assert word in COMMANDS, f"granskning {shlex.join(words)}: {word} finns inte"
            command = GROUP.commands[word]


@pytest.mark.parametrize("page", sorted(pages()))
def test_every_command_on_the_page_exists(page: str) -> None:
    for words in commands(page):
        check(words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(name: str) -> None:
    where = "CONTRIBUTING.md" if name == "utvardera" else "docs/handledning.md"
    assert any(name in words for words in commands(where))
    assert f"## granskning {name}\n" in pages()["docs/cli.md"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_that_works(name: str) -> None:
    text = GROUP.commands[name].help or ""
    examples = [shlex.split(example) for example in re.findall(r"Exempel: granskning (.+)", text)]
    assert examples
    for words in examples:
        assert words[0] == name
        check(words)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text(name: str) -> None:
    assert not [parameter.name for parameter in GROUP.commands[name].params if not parameter.help]


def test_the_page_of_commands_is_what_the_program_prints() -> None:
    spec = importlib.util.spec_from_file_location("generate_cli", ROOT / "docs" / "generate_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.page() == pages()["docs/cli.md"], "Kör: .venv/bin/python docs/generate_cli.py"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `{ENV_PREFIX}{name.upper()}` \|.*\|(.*)\|$", pages()["docs/handledning.md"], re.MULTILINE)
    assert row is not None
    default = Settings.model_fields[name].default
    assert default is None or row[1].strip(" `") == str(default)


def test_no_setting_is_made_up() -> None:
    known = {f"{ENV_PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = {name for text in pages().values() for name in re.findall(rf"\b{ENV_PREFIX}[A-Z_]+\b", text)}
    assert named <= known


@pytest.mark.parametrize("page", sorted(pages()))
def test_every_relative_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", pages()[page])):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (ROOT / page).parent / path if path else ROOT / page
        assert found.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors(found.read_text(encoding="utf-8")), f"{page}: {target}"


def anchors(text: str) -> set[str]:
    """The headings of a page as the addresses that GitHub and others give them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", sorted(pages()))
def test_every_make_target_on_the_page_exists(page: str) -> None:
    spoken = re.findall(r"`make ([^`]+)`", pages()[page]) + re.findall(r"\bmake ([a-z -]+)$", consoles(page), re.M)
    assert {word for line in spoken for word in line.split()} <= targets()


def targets() -> set[str]:
    """The make targets that have a description."""
    return set(re.findall(r"^([a-z-]+):.*## \S", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_make_target_is_described() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets()


REPORT = """Granskning av krisberedskapen i Salems kommun

Revisionsrapport
Havrekvist Kommunrevision AB
12 mars 2025

Sammanfattning

På uppdrag av de förtroendevalda revisorerna i Salems kommun har vi granskat kommunens krisberedskap.

Iakttagelser

Kommunen har en krisledningsnämnd. En risk- och sårbarhetsanalys togs fram 2023. Krisledningen övas varje år.

Bedömning

Enligt lagen (2006:544) ska kommunen ha en plan. Vi bedömer att kravet på en plan för extraordinära händelser inte är
uppfyllt. Kravet på krisledningsnämnd är uppfyllt.
"""


def test_the_example_catalogue_can_be_used() -> None:
    page = "docs/kravkataloger.md"
    example = next(text for language, text in FENCE.findall(pages()[page]) if language == "yaml")
    catalogue = parse_catalogue(example, "exempel.yaml")
    assert catalogue.id not in {shipped.id for shipped in load_catalogues()}
    assert any(words[-2:] == ["--katalog", catalogue.id] for words in commands(page))
    data = REPORT.encode()
    record = understand(parse(SourceFile.of("rapport.txt", data, "text"), data), [catalogue])
    assert {status.requirement: status.status for status in record.statuses} == {
        "risk_och_sarbarhetsanalys": Status.PRESENT,
        "plan": Status.NOT_MET,
        "krisledningsnamnd": Status.MET,
        "utbildning_och_ovning": Status.PRESENT,
    }


def test_the_page_on_catalogues_explains_every_key() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", pages()["docs/kravkataloger.md"], re.MULTILINE))
    for noun in (Catalogue, Requirement):
        assert set(noun.__dataclass_fields__) <= explained


def test_decision_records_are_short_and_complete() -> None:
    records = {page: text for page, text in pages().items() if page.startswith("docs/adr/")}
    assert len(records) >= 8
    for page, text in records.items():
        assert len(text.splitlines()) < 60, page
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "Rejected", "Consequence"], page


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git has or would take in; none where this is no checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def test_no_path_or_name_of_a_single_machine_is_in_the_project() -> None:
    if not tracked():
        pytest.skip("det här är ingen git-utcheckning")
    own = {str(ROOT), str(Path.home())} - {"/", "/" + "root"}
    # 'runner' and 'localhost' are ordinary words; what has digits or dots is the name of a machine.
    own |= {name for name in [socket.gethostname()] if re.search(r"[\d.]", name)}
    leaks = ["/" + "work/", "/" + "root/", r"/tmp/\w+\.", *map(re.escape, sorted(own))]
    leak = re.compile(r"(?<![\w.\]<~*-])(?:" + "|".join(leaks) + ")")
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT).as_posix()}: {match.group()}" for match in leak.finditer(text)]
    assert not found
