"""Larger models by name, tried with a tiny one that is made here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from granskning_ai.errors import ConfigError
from granskning_ai.indexing.models import LargeEmbedder, Recipe, load_embedder
from granskning_ai.indexing.static_embedder import SHIPPED, StaticEmbedder

WORDS = ["kommunen", "har", "en", "plan", "och", "ett", "råd", "query", "passage", ":", "längd"]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer of two small layers with weights drawn by chance, saved as sentence-transformers saves models."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("modell")
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS) + 5, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizer(str(vocabulary), do_lower_case=True).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    pooling = Pooling(transformer.get_embedding_dimension())
    SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(folder / "liten"))
    return folder / "liten"


def copied(model: Path, to: Path) -> Path:
    shutil.copytree(model, to)
    return to


def test_a_folder_with_a_model_gives_vectors_of_length_one(tiny_model: Path) -> None:
    embedder = load_embedder(str(tiny_model))
    assert embedder.slow_to_load
    assert embedder.dimension == 16
    vectors = embedder.embed(["kommunen har en plan", "ett råd", "ett råd"], role="passage")
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0)
    assert np.allclose(vectors[1], vectors[2])
    assert not np.allclose(vectors[0], vectors[1])
    assert embedder.embed([], role="passage").shape == (0, 16)


def test_its_name_tells_it_from_other_models_and_is_the_same_wherever_it_lies(tiny_model: Path, tmp_path: Path) -> None:
    same = copied(tiny_model, tmp_path / "flyttad" / "liten")
    assert load_embedder(str(same)).name == load_embedder(str(tiny_model)).name
    other = copied(tiny_model, tmp_path / "annan" / "liten")
    weights = other / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4] + b"\x00\x00\x00\x01")
    assert load_embedder(str(other)).name != load_embedder(str(tiny_model)).name


def test_a_model_of_a_known_family_gets_its_prefixes(tiny_model: Path, tmp_path: Path) -> None:
    plain = load_embedder(str(tiny_model))
    e5 = load_embedder(str(copied(tiny_model, tmp_path / "multilingual-e5-small")))
    for role, prefix in (("query", "query: "), ("passage", "passage: ")):
        own = e5.embed(["ett råd"], role=role)  # type: ignore[arg-type]
        assert np.allclose(own, plain.embed([prefix + "ett råd"], role="passage"), atol=1e-6)
        assert not np.allclose(own, plain.embed(["ett råd"], role="passage"), atol=1e-3)


def test_a_model_that_says_itself_what_stands_before_a_text_is_believed(tiny_model: Path, tmp_path: Path) -> None:
    own = copied(tiny_model, tmp_path / "egen")
    path = own / "config_sentence_transformers.json"
    config = json.loads(path.read_text()) | {"prompts": {"query": "query: ", "document": ""}}
    path.write_text(json.dumps(config | {"default_prompt_name": "query"}))
    plain, embedder = load_embedder(str(tiny_model)), load_embedder(str(own))
    assert np.allclose(
        embedder.embed(["ett råd"], role="query"), plain.embed(["query: ett råd"], role="query"), atol=1e-6
    )
    assert np.allclose(embedder.embed(["ett råd"], role="passage"), plain.embed(["ett råd"], role="query"), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("intfloat/multilingual-e5-large", Recipe(query="query: ", passage="passage: ", pieces=512)),
        ("KBLab/sentence-bert-swedish-cased", Recipe(pieces=384)),
        ("BAAI/bge-m3", Recipe(pieces=1024)),
        ("/modeller/bge-m3", Recipe(pieces=1024)),
        ("någon/annan", None),
    ],
)
def test_recipes(name: str, recipe: Recipe | None) -> None:
    assert Recipe.of(name) == recipe


def test_an_instructed_model_is_instructed_about_queries_only() -> None:
    recipe = Recipe.of("intfloat/multilingual-e5-large-instruct")
    assert recipe is not None
    assert recipe.query.startswith("Instruct: ")
    assert recipe.query.endswith("\nQuery: ")
    assert recipe.passage == ""


def test_texts_longer_than_the_model_reads_are_cut(tiny_model: Path, tmp_path: Path) -> None:
    long = load_embedder(str(copied(tiny_model, tmp_path / "sentence-bert-swedish-cased")))
    cut = "plan " * 382
    assert np.allclose(long.embed([cut], role="query"), long.embed([cut + "råd " * 100], role="query"), atol=1e-5)


def test_a_model_on_the_hub_is_not_fetched_unless_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    embedder = load_embedder("någon/modell-som-inte-finns")
    assert embedder.name == "någon/modell-som-inte-finns"
    with pytest.raises(ConfigError, match="finns inte på datorn") as error:
        embedder.embed(["råd"], role="query")
    assert "GRANSKNING_HAMTA_MODELL" in error.value.hint
    # The network is closed here, so asking for it shows as another message.
    with pytest.raises(ConfigError, match="kunde inte hämtas"):
        load_embedder("någon/modell-som-inte-finns", download=True).embed(["råd"], role="query")


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="innehåller ingen modell"):
        load_embedder(str(tmp_path)).embed(["råd"], role="query")


def test_the_static_layout_is_read_without_sentence_transformers(tmp_path: Path) -> None:
    assert isinstance(load_embedder(None), StaticEmbedder)
    copy = load_embedder(str(copied(SHIPPED, tmp_path / "egen")))
    assert isinstance(copy, StaticEmbedder)
    assert copy.name == load_embedder(None).name
    assert isinstance(load_embedder("BAAI/bge-m3"), LargeEmbedder)
