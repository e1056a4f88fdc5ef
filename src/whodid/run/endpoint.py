"""The endpoint coder, wired by the settings."""

from __future__ import annotations

from importlib.metadata import version

from whodid.errors import SettingError
from whodid.extract.counts import counts
from whodid.models.endpoint import EndpointCoder, Options
from whodid.ontology import load_ontology
from whodid.run.coder import Coder, load_parser, wire
from whodid.settings import Settings


def options(settings: Settings) -> Options:
    """How the endpoint is asked. Raises SettingError where something is missing or cannot be."""
    if settings.endpoint_url is None or settings.endpoint_model is None:
        missing = "WHODID_ENDPOINT_URL" if settings.endpoint_url is None else "WHODID_ENDPOINT_MODEL"
        raise SettingError(f"--coder endpoint needs {missing}; docs/endpoint.md has commands for several servers")
    if settings.min_score is not None:
        raise SettingError(
            "--min-score: has no meaning with --coder endpoint, as a model's claims carry no probability"
        )
    return Options(
        url=settings.endpoint_url,
        model=settings.endpoint_model,
        key=settings.endpoint_key.get_secret_value() if settings.endpoint_key else "",
        timeout=settings.endpoint_timeout,
        patience=settings.endpoint_patience,
        chunk=settings.endpoint_chunk,
        max_tokens=settings.endpoint_max_tokens,
        seed=settings.endpoint_seed,
        extra=settings.endpoint_extra,
    )


def make_endpoint_coder(settings: Settings) -> Coder:
    """A coder that asks the endpoint of the settings. Raises ModelError, OntologyError, SettingError."""
    asked = options(settings)
    return wire(
        load_parser(settings.parser),
        settings.ontology,
        coder=EndpointCoder(load_ontology(settings.ontology), asked, counts=counts),
        name=endpoint_coder_name(settings),
        at_once=settings.endpoint_parallel,
    )


def endpoint_coder_name(settings: Settings) -> str:
    """What the output calls this coder."""
    return f"whodid {version('whodid')}, endpoint {settings.endpoint_model}"
