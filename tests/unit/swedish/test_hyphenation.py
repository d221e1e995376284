"""Which hyphens at a line's end belong to the word."""

from __future__ import annotations

import pytest

from granskning_ai.swedish.hyphenation import join_lines, vocabulary_of


@pytest.mark.parametrize(
    ("lines", "vocabulary", "joined"),
    [
        (["brottsföre-", "byggande arbete"], (), "brottsförebyggande arbete"),
        (["risk-", "och sårbarhetsanalys"], (), "risk- och sårbarhetsanalys"),
        (["trygghets-", "samt säkerhetsarbete"], (), "trygghets- samt säkerhetsarbete"),
        (["IT-", "säkerhet"], (), "IT-säkerhet"),
        (["Upplands-", "Björkdala"], (), "Upplands-Björkdala"),
        (["den 2024-05-", "12 beslutade"], (), "den 2024-05-12 beslutade"),
        (["en fem-", "gradig skala"], {"fem-gradig"}, "en fem-gradig skala"),
        (["corona-", "pandemins följder"], {"corona-pandemin"}, "corona-pandemins följder"),
        (["tjänstemanna-", "organisationen"], {"tjänstemannaorganisationen"}, "tjänstemannaorganisationen"),
        (["felakti-", "ga/farliga miljöer"], (), "felaktiga/farliga miljöer"),
        (["ARBETSMARK-", "NADSNÄMNDEN"], (), "ARBETSMARKNADSNÄMNDEN"),
        (["e-", "post"], (), "e-post"),
        (["delen -", "som är ny"], (), "delen - som är ny"),
        (["se www.vittsund.se/om-", "kommunen"], (), "se www.vittsund.se/om-kommunen"),
        (["kommun\u00ad", "styrelsen"], (), "kommunstyrelsen"),
        (["kommun\u00adfull\u00admäktige", "beslutar"], (), "kommunfullmäktige beslutar"),
        (["  två   blanka ", "", " i rad"], (), "två blanka i rad"),
        (["tillsyns-arbete pågår"], (), "tillsyns-arbete pågår"),
    ],
)
def test_joins_as_the_word_is_written(lines: list[str], vocabulary: set[str], joined: str) -> None:
    assert join_lines(lines, vocabulary) == joined


def test_vocabulary_leaves_out_what_a_line_break_cut() -> None:
    words = vocabulary_of(["Kommunens fem-gradiga skala är brotts-", "förebyggande och väl känd."])
    assert {"fem-gradiga", "skala", "och", "känd"} <= words
    assert not {"brotts", "förebyggande"} & words


def test_the_vocabulary_of_the_document_decides() -> None:
    lines = ["Nämndens pilot-projekt är känt. Ett annat pilot-", "projekt har lagts ned."]
    assert join_lines(lines, vocabulary_of(lines)).endswith("pilot-projekt har lagts ned.")
