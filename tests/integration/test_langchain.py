"""The workspace in somebody else's chain."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

from granskning_ai.langchain import WorkspaceRetriever
from granskning_ai.pipeline import Pipeline
from granskning_ai.swedish.filters import Filter

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "exempel"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kedja") / "arbetsyta"
    with Pipeline.open(folder) as pipeline:
        pipeline.add_register(CORPUS / "kommuner.csv")
        pipeline.import_paths([CORPUS / "tjarnas-2021-granskning.txt", CORPUS / "eklunda-2025-granskning.txt"])
    return folder


def test_a_chain_is_given_the_passage_with_the_answer(workspace: Path) -> None:
    asked: list[str] = []

    def listed(found: list[Document]) -> str:
        asked.append("\n\n".join(document.page_content for document in found))
        return asked[-1]

    prompt = ChatPromptTemplate.from_template("Svara ur texten.\n{context}\nFråga: {question}")
    chain = (
        {"context": WorkspaceRetriever(workspace=workspace, count=3) | listed, "question": RunnablePassthrough()}
        | prompt
        | FakeListChatModel(responses=["Fjorton."])
        | StrOutputParser()
    )
    assert chain.invoke("Hur många bilar brändes i Tjärnås sommaren 2020?") == "Fjorton."
    assert "fjorton bilar" in " ".join(asked[0].split())


def test_a_document_of_the_chain_tells_where_it_stands(workspace: Path) -> None:
    retriever = WorkspaceRetriever(workspace=workspace, filters=Filter.of(["Eklunda"]), count=2)
    found = retriever.invoke("Vad gör områdesvärdarna?")
    assert len(found) == 2
    with Pipeline.open(workspace) as pipeline:
        for document in found:
            place = document.metadata
            text, _ = pipeline.store.text_of(place["document_id"])
            assert text[place["start"] : place["end"]] == document.page_content
            assert place["municipality_codes"] == ["9907"]
