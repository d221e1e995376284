"""Trains a model: `python -m modell TEXT… --till MAPP`."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from modell.pieces import first_vectors, make_tokenizer
from modell.texts import distinct_sentences, pairs, read
from modell.training import export, train


def main() -> None:
    """Reads the text, trains, and writes the model."""
    parser = argparse.ArgumentParser(prog="python -m modell", description="Tränar en statisk modell av svensk text.")
    parser.add_argument("text", nargs="+", type=Path, help="textfiler (.txt, .md) eller mappar med sådana")
    parser.add_argument("--till", type=Path, required=True, metavar="MAPP", help="mappen som modellen skrivs i")
    parser.add_argument("--ordbitar", type=int, default=32_000, help="antal ordbitar (32000)")
    parser.add_argument("--dimensioner", type=int, default=256, help="tal i en vektor (256)")
    parser.add_argument("--varv", type=int, default=3, help="varv över paren (3)")
    parser.add_argument("--knippe", type=int, default=1024, help="par som ställs mot varandra åt gången (1024)")
    parser.add_argument("--fro", type=int, default=2, help="slumptalens frö (2)")
    chosen = parser.parse_args()
    started = time.perf_counter()

    def say(what: str) -> None:
        print(f"{time.perf_counter() - started:6.0f} s  {what}", flush=True)

    texts = list(read(chosen.text))
    sentences = distinct_sentences(texts)
    found = pairs(texts, random.Random(chosen.fro))
    say(f"{len(texts)} texter, {len(sentences)} meningar, {len(found)} par")
    if len(found) < 2:
        parser.error("Texten räcker inte till. Den ska ha rubriker och stycken med blankrader emellan.")
    tokenizer = make_tokenizer(sentences, chosen.ordbitar)
    say(f"{tokenizer.get_vocab_size()} ordbitar")
    vectors = first_vectors(tokenizer, sentences, chosen.dimensioner)
    say("första vektorerna")
    vectors = train(
        tokenizer,
        vectors,
        found,
        rounds=chosen.varv,
        batch=min(chosen.knippe, len(found) // 2),
        seed=chosen.fro,
        progress=lambda done, loss: say(f"varv {done}, förlust {loss:.3f}"),
    )
    export(tokenizer, vectors, chosen.till)
    say(f"modellen ligger i {chosen.till}")


if __name__ == "__main__":
    main()
