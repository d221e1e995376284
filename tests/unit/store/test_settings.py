from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from granskning_ai.errors import ConfigError
from granskning_ai.settings import Settings, load_settings


def test_everything_lies_in_the_workspace(tmp_path: Path) -> None:
    settings = Settings(arbetsyta=tmp_path / "min yta")

    assert settings.database_url == f"sqlite:///{tmp_path}/min%20yta/granskning.db"
    assert settings.original == tmp_path / "min yta" / "original"
    assert settings.kommuner == tmp_path / "min yta" / "kommuner.csv"


def test_database_may_lie_elsewhere_and_its_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRANSKNING_DATABAS", "postgresql://revisor:hemligt@databas/granskning")

    settings = load_settings()

    assert settings.database_url == "postgresql://revisor:hemligt@databas/granskning"
    assert "hemligt" not in repr(settings)


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRANSKNING_ARBETSYTA", "/miljö")
    monkeypatch.setenv("GRANSKNING_MAX_SIDOR", "7")
    monkeypatch.setenv("GRANSKNING_PROCESSER", "")

    assert load_settings().arbetsyta == Path("/miljö")
    assert load_settings(arbetsyta=None).arbetsyta == Path("/miljö")
    assert load_settings(arbetsyta="/given", max_sidor=9).arbetsyta == Path("/given")
    assert load_settings(arbetsyta="/given").max_sidor == 7
    assert load_settings().processer is None


def test_home_folder_is_understood() -> None:
    assert Settings(arbetsyta=Path("~/yta")).arbetsyta == Path.home() / "yta"


@pytest.mark.parametrize(
    ("name", "value"), [("max_sidor", "många"), ("max_sekunder", "0"), ("processer", "0"), ("max_minne_mb", "1")]
)
def test_value_that_cannot_be_used_is_named_in_swedish(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"GRANSKNING_{name.upper()}", value)

    with pytest.raises(ConfigError, match=f"GRANSKNING_{name.upper()} .*'{value}'") as caught:
        load_settings()

    assert caught.value.hint == Settings.model_fields[name].description


def test_unknown_setting_is_refused() -> None:
    with pytest.raises(ConfigError, match="GRANSKNING_FART"):
        load_settings(fart="hög")


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_store_is_cheap_to_import_until_it_is_asked_for() -> None:
    code = """if True:
        import sys
        import granskning_ai.store as store
        assert not {"sqlalchemy", "alembic", "pydantic"} & set(sys.modules)
        store.Store
        assert not {"alembic", "pydantic"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", code], check=True)
