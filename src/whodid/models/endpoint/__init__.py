"""The second event coder: any server that speaks OpenAI's chat completions and answers by a JSON schema.

The codebook is made from the ontology, so that an ontology of one's own needs nothing else. Every word that the model
gives for an event is looked up in the text; an event whose words are not there is rejected. docs/endpoint.md says how
to run it.
"""

from whodid.models.endpoint.client import Client
from whodid.models.endpoint.coder import SCORE, EndpointCoder
from whodid.models.endpoint.options import Options

__all__ = ["SCORE", "Client", "EndpointCoder", "Options"]
