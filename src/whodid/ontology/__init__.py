"""The ontology: event types, modes, contexts and sectors, their scores, and the way to and from CAMEO codes.

PLOVER 2.0 comes with Whodid; another ontology is one YAML file. The knowledge is in the YAML files beside this module.
"""

from whodid.ontology.check import Coder, Problem, check, examples
from whodid.ontology.load import DEFAULT, load_ontology, packaged
from whodid.ontology.model import (
    Cameo,
    CameoCode,
    CameoRule,
    Coded,
    Coding,
    Context,
    EventType,
    Mode,
    Ontology,
    Reading,
    Recode,
    Sector,
    Take,
)
from whodid.ontology.show import render

__all__ = [
    "DEFAULT",
    "Cameo",
    "CameoCode",
    "CameoRule",
    "Coded",
    "Coder",
    "Coding",
    "Context",
    "EventType",
    "Mode",
    "Ontology",
    "Problem",
    "Reading",
    "Recode",
    "Sector",
    "Take",
    "check",
    "examples",
    "load_ontology",
    "packaged",
    "render",
]
