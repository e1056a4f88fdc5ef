"""Every record that crosses a stage.

Offsets are Unicode code points of ``Report.text``, half-open. Scores are probabilities in [0, 1]. Days are
ISO 8601. Languages are BCP 47, countries ISO 3166-1 alpha-3, coordinates WGS84 degrees, distances kilometres.
Records are frozen and strict: a wrong kind of value is an error where it is made, not where it is used.
"""

from whodid.records.annotated import Annotated, Entity, Link, Phrase, Quotation, Sentence, Token
from whodid.records.base import (
    Basis,
    EventFieldName,
    Form,
    LinkKind,
    Precision,
    Probability,
    Quote,
    Record,
    RoleKind,
    Stance,
    Status,
    Verdict,
    Voice,
)
from whodid.records.claims import Actor, Attribution, Claim, Coded, SaidBy, Saying, Sayings, Speaker, When, Where
from whodid.records.corrections import Checked, ClaimVerdict, Corrected, CorrectedField, Correction
from whodid.records.events import Event, EventField, EventLink, FieldValue, Judgement, Span, Tally
from whodid.records.mentions import Content, Count, Extraction, Mention, Role
from whodid.records.reports import Rejection, Report, ReportInfo, Usage
from whodid.records.words import Evidence, EvidenceField, evidence

__all__ = [
    "Actor",
    "Annotated",
    "Attribution",
    "Basis",
    "Checked",
    "Claim",
    "ClaimVerdict",
    "Coded",
    "Content",
    "Corrected",
    "CorrectedField",
    "Correction",
    "Count",
    "Entity",
    "Event",
    "EventField",
    "EventFieldName",
    "EventLink",
    "Evidence",
    "EvidenceField",
    "Extraction",
    "FieldValue",
    "Form",
    "Judgement",
    "Link",
    "LinkKind",
    "Mention",
    "Phrase",
    "Precision",
    "Probability",
    "Quotation",
    "Quote",
    "Record",
    "Rejection",
    "Report",
    "ReportInfo",
    "Role",
    "RoleKind",
    "SaidBy",
    "Saying",
    "Sayings",
    "Sentence",
    "Span",
    "Speaker",
    "Stance",
    "Status",
    "Tally",
    "Token",
    "Usage",
    "Verdict",
    "Voice",
    "When",
    "Where",
    "evidence",
]
