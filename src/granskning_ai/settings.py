"""The program's settings, each of which can be given as an environment variable GRANSKNING_<NAME>.

Nothing but this module imports pydantic for settings; import it late, it takes a few tenths of a second.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from granskning_ai.errors import ConfigError

ENV_PREFIX = "GRANSKNING_"


class Settings(BaseSettings):
    """Where the workspace is, and how far the parser may go. Descriptions are shown to the user."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, env_ignore_empty=True, frozen=True)

    arbetsyta: Path = Field(
        default=Path("arbetsyta"), description="Mappen där databasen och originalfilerna ligger, en sökväg."
    )
    databas: str | None = Field(
        default=None,
        repr=False,  # may hold a password
        description="Databasens adress, till exempel postgresql://användare@värd/namn. "
        "Utan den används en fil i arbetsytan.",
    )
    modell: str | None = Field(
        default=None,
        description="Modellen som gör vektorer av text: en mapp med en modell för sentence-transformers, eller dess "
        "namn, till exempel intfloat/multilingual-e5-small. Utan det används den modell som följer med programmet.",
    )
    hamta_modell: bool = Field(
        default=False,
        description="Om modellen får hämtas från nätet när den inte finns på datorn, ja eller nej (true eller false).",
    )
    chroma_url: str | None = Field(
        default=None,
        description="Adressen till en Chromaserver, till exempel http://127.0.0.1:8000. "
        "Utan den ligger vektordatabasen i arbetsytan.",
    )
    processer: int | None = Field(
        default=None,
        ge=1,
        description="Antal filer som läses samtidigt, ett heltal från 1. Utan det väljs antalet själv.",
    )
    max_sekunder: float = Field(
        default=120, gt=0, description="Längsta tid för att läsa en fil, i sekunder, ett tal större än noll."
    )
    max_sekunder_bildsida: float = Field(
        default=20,
        gt=0,
        description="Hur mycket längre tid en fil får ta för varje sida som är en bild och måste texttolkas, "
        "i sekunder, ett tal större än noll.",
    )
    max_minne_mb: int = Field(
        default=2048, ge=64, description="Mest minne för att läsa en fil, i megabyte, ett heltal från 64."
    )
    max_sidor: int = Field(default=2000, ge=1, description="Högsta antal sidor i en fil, ett heltal från 1.")
    max_filstorlek_mb: int = Field(
        default=200, ge=1, description="Största storlek på en fil, i megabyte, ett heltal från 1."
    )
    max_uppackat_mb: int = Field(
        default=2048,
        ge=1,
        description="Största storlek för allt som packas upp ur ett zip-arkiv eller ett Word-dokument, i megabyte, "
        "ett heltal från 1.",
    )

    @field_validator("arbetsyta")
    @classmethod
    def _expand_home(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def database_url(self) -> str:
        """The database's URL: what the user gave, or SQLite in the workspace."""
        if self.databas:
            return self.databas
        return "sqlite:///" + quote((self.arbetsyta.absolute() / "granskning.db").as_posix(), safe="/:")

    @property
    def original(self) -> Path:
        """The folder of the original files, by sha256."""
        return self.arbetsyta / "original"

    @property
    def index(self) -> Path:
        """The folder of the search index, which is derived from the database."""
        return self.arbetsyta / "index"

    @property
    def kommuner(self) -> Path:
        """An extra register of municipalities that the user may put in the workspace."""
        return self.arbetsyta / "kommuner.csv"


def load_settings(**given: object) -> Settings:
    """Reads the settings from the environment; what is `given` (and not None) goes before it.

    Raises:
        ConfigError: a value is not valid; the message names the setting in Swedish.
    """
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0])
        field = Settings.model_fields.get(name)
        raise ConfigError(
            f"Inställningen {ENV_PREFIX}{name.upper()} har ett värde som inte går att använda: {first['input']!r}.",
            hint=(field.description or "") if field else "Det finns ingen sådan inställning.",
        ) from None
