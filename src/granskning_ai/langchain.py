"""A workspace as a LangChain retriever, for those who build chains of their own. LangChain is imported here only.

from granskning_ai.langchain import WorkspaceRetriever

retriever = WorkspaceRetriever(workspace="arbetsyta", count=5)
retriever.invoke("Vem leder trygghetsrådet?")
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from granskning_ai.indexing import Hit
from granskning_ai.pipeline import Pipeline
from granskning_ai.swedish.filters import Filter


class WorkspaceRetriever(BaseRetriever):
    """The passages of a workspace that answer a question best, each with where it stands.

    `text[start:end]` of the document with that id is the passage, word for word, so that an answer can be checked.
    """

    workspace: Path | str = "arbetsyta"
    filters: Filter | None = None
    count: int = 10

    @cached_property
    def _pipeline(self) -> Pipeline:
        return Pipeline.open(self.workspace)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self._pipeline.search(query, self.filters, self.count)
        return [_document(hit) for hit in found.hits]


def _document(hit: Hit) -> Document:
    return Document(
        id=hit.passage_id,
        page_content=hit.text,
        metadata={
            "document_id": hit.document_id,
            "source": hit.file_name,
            "page": hit.page,
            "start": hit.start,
            "end": hit.end,
            "title": hit.title,
            "section": hit.section,
            "municipality_codes": list(hit.municipality_codes),
            "year": hit.year,
            "score": hit.score,
        },
    )
