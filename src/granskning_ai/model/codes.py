"""The closed lists of codes, and the Swedish label of each in one place."""

from __future__ import annotations

from enum import StrEnum


class DocType(StrEnum):
    """What kind of document it is."""

    AUDIT_REPORT = "audit_report"
    PRE_STUDY = "pre_study"
    FOLLOW_UP = "follow_up"
    ACTION_PLAN = "action_plan"
    AGREEMENT = "agreement"
    SITUATION_REPORT = "situation_report"
    REGIONAL_REPORT = "regional_report"
    RESPONSE = "response"
    COVER_LETTER = "cover_letter"
    MINUTES = "minutes"
    GUIDELINE = "guideline"
    EMAIL = "e-mail"
    MEMO = "memo"
    OTHER = "other"


AUDITORS_WORD = frozenset({DocType.AUDIT_REPORT, DocType.FOLLOW_UP, DocType.PRE_STUDY})
"""Document types in which an auditor speaks."""

SELF_REPORTS = frozenset({DocType.ACTION_PLAN, DocType.AGREEMENT, DocType.SITUATION_REPORT, DocType.RESPONSE})
"""Document types in which the audited body speaks of itself."""


class BlockKind(StrEnum):
    """What a block of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    FURNITURE = "furniture"
    """Cover, contents page, running header or footer: kept, but not the document's own prose."""


class Verdict(StrEnum):
    """The auditor's answer to an audit question; see docs/ordlista.md for the wordings."""

    YES = "yes"
    LARGELY = "largely"
    PARTLY = "partly"
    NO = "no"
    UNDETERMINED = "undetermined"
    NOT_ASSESSED = "not_assessed"


class Status(StrEnum):
    """The status of a statutory requirement in a municipality."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    PRESENT = "present"
    ABSENT = "absent"
    NOT_ADDRESSED = "not_addressed"
    NOT_AUDITED = "not_audited"
    NOT_APPLICABLE = "not_applicable"
    FAILED = "failed"


EMPTY_STATUSES = frozenset({Status.NOT_ADDRESSED, Status.NOT_AUDITED, Status.NOT_APPLICABLE, Status.FAILED})
"""The four kinds of empty: read and not there, no document, law not applicable, could not be read."""

TESTED_STATUSES = frozenset({Status.MET, Status.PARTLY_MET, Status.NOT_MET})
"""Given only where an auditor tested the requirement against the law."""


class Basis(StrEnum):
    """On whose word a status rests, strongest first."""

    AUDITOR_ASSESSMENT = "auditor_assessment"
    AUDITOR_OBSERVATION = "auditor_observation"
    SELF_REPORTED = "self_reported"
    NONE = "none"


class Topic(StrEnum):
    """What an audit question, recommendation or finding is about; the words that show it are data (topics.yml)."""

    ORGANISATION = "organisation"
    INTERNAL_COLLABORATION = "internal_collaboration"
    EXTERNAL_COLLABORATION = "external_collaboration"
    RESOURCES = "resources"
    STEERING_AND_FOLLOW_UP = "steering_and_follow_up"
    LEGAL_COMPLIANCE = "legal_compliance"
    GOALS = "goals"
    INTERNAL_CONTROL = "internal_control"
    SITUATION_AND_ANALYSIS = "situation_and_analysis"
    MEASURES = "measures"
    OTHER = "other_topic"


class AnomalyKind(StrEnum):
    """A slip or trick in a document that a reader should be warned of."""

    WRONG_LAW_NUMBER = "wrong_law_number"
    WRONG_EFFECTIVE_DATE = "wrong_effective_date"
    INCONSISTENT_COUNT = "inconsistent_count"
    REPEALED_LAW = "repealed_law"
    HIDDEN_TEXT = "hidden_text"
    INSTRUCTION_TO_MACHINE = "instruction_to_machine"


class Grade(StrEnum):
    """How surely a page or a document has been read."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Doubt(StrEnum):
    """Why a page or a document may not have been read as it was written."""

    OCR = "ocr"
    UNSURE_OCR = "unsure_ocr"
    UNREAD_PAGE = "unread_page"
    UNREAD_ATTACHMENT = "unread_attachment"
    UNKNOWN_GLYPHS = "unknown_glyphs"
    ODD_WORDS = "odd_words"
    MISSING_LETTERS = "missing_letters"
    BROKEN_TABLE = "broken_table"


LABELS: dict[StrEnum, str] = {
    DocType.AUDIT_REPORT: "granskningsrapport",
    DocType.PRE_STUDY: "förstudie",
    DocType.FOLLOW_UP: "uppföljande granskning",
    DocType.ACTION_PLAN: "åtgärdsplan",
    DocType.AGREEMENT: "överenskommelse",
    DocType.SITUATION_REPORT: "lägesbild",
    DocType.REGIONAL_REPORT: "regional rapport",
    DocType.RESPONSE: "yttrande",
    DocType.COVER_LETTER: "missiv",
    DocType.MINUTES: "protokoll",
    DocType.GUIDELINE: "riktlinje",
    DocType.EMAIL: "e-post",
    DocType.MEMO: "pm",
    DocType.OTHER: "annat dokument",
    BlockKind.HEADING: "rubrik",
    BlockKind.PARAGRAPH: "stycke",
    BlockKind.LIST_ITEM: "listpunkt",
    BlockKind.TABLE: "tabell",
    BlockKind.FOOTNOTE: "fotnot",
    BlockKind.CAPTION: "bildtext",
    BlockKind.FURNITURE: "sidinramning",
    Verdict.YES: "ja",
    Verdict.LARGELY: "i allt väsentligt",
    Verdict.PARTLY: "delvis",
    Verdict.NO: "nej",
    Verdict.UNDETERMINED: "kan inte bedömas",
    Verdict.NOT_ASSESSED: "ingen bedömning",
    Status.MET: "uppfyllt",
    Status.PARTLY_MET: "delvis uppfyllt",
    Status.NOT_MET: "inte uppfyllt",
    Status.PRESENT: "finns",
    Status.ABSENT: "saknas",
    Status.NOT_ADDRESSED: "det framgår inte",
    Status.NOT_AUDITED: "inget dokument",
    Status.NOT_APPLICABLE: "inte tillämpligt",
    Status.FAILED: "kunde inte läsas",
    Basis.AUDITOR_ASSESSMENT: "revisorns bedömning",
    Basis.AUDITOR_OBSERVATION: "revisorns iakttagelse",
    Basis.SELF_REPORTED: "kommunens egen uppgift",
    Basis.NONE: "inget underlag",
    Topic.ORGANISATION: "organisation och ansvar",
    Topic.INTERNAL_COLLABORATION: "intern samverkan",
    Topic.EXTERNAL_COLLABORATION: "extern samverkan",
    Topic.RESOURCES: "resurser",
    Topic.STEERING_AND_FOLLOW_UP: "styrning och uppföljning",
    Topic.LEGAL_COMPLIANCE: "lagefterlevnad",
    Topic.GOALS: "mål",
    Topic.INTERNAL_CONTROL: "intern kontroll",
    Topic.SITUATION_AND_ANALYSIS: "lägesbild och analys",
    Topic.MEASURES: "åtgärder",
    Topic.OTHER: "övrigt",
    AnomalyKind.WRONG_LAW_NUMBER: "lagen anges med fel nummer",
    AnomalyKind.WRONG_EFFECTIVE_DATE: "fel datum för lagens ikraftträdande",
    AnomalyKind.INCONSISTENT_COUNT: "antal som inte stämmer",
    AnomalyKind.REPEALED_LAW: "upphävd lag",
    AnomalyKind.HIDDEN_TEXT: "dold text",
    AnomalyKind.INSTRUCTION_TO_MACHINE: "text som riktar sig till en maskin",
    Grade.GOOD: "god",
    Grade.FAIR: "viss osäkerhet",
    Grade.POOR: "låg säkerhet",
    Doubt.OCR: "texttolkad bild (OCR)",
    Doubt.UNSURE_OCR: "osäker texttolkning",
    Doubt.UNREAD_PAGE: "sida som inte har lästs",
    Doubt.UNREAD_ATTACHMENT: "bilaga som inte har lästs",
    Doubt.UNKNOWN_GLYPHS: "tecken som inte känns igen",
    Doubt.ODD_WORDS: "ord som inte liknar svenska",
    Doubt.MISSING_LETTERS: "bokstäver som fattas",
    Doubt.BROKEN_TABLE: "tabell som inte har blivit hel",
}
"""Code to Swedish label, for everything a user reads."""
