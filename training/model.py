"""The network in torch: a BERT encoder (the lower layers of MiniLM-L6) with heads on words.

Written out rather than imported, so that training needs torch and a tokenizer only. The encoder is that of Devlin et
al. 2019 (post-norm, exact GELU); its first weights are those of all-MiniLM-L6-v2 (Apache-2.0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

WIDTH, HEADS, INNER, POSITIONS, EPS = 384, 12, 1536, 512, 1e-12
ROLE_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels each head tells apart."""

    types: int
    modes: int
    statuses: int
    roles: int


class Layer(nn.Module):
    """One transformer layer: [batch, length, WIDTH] → the same."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)  # query, key and value
        self.out = nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_1, self.norm_2 = nn.LayerNorm(WIDTH, eps=EPS), nn.LayerNorm(WIDTH, eps=EPS)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """bias: [batch, 1, 1, length], very negative where there is padding; None where there is none."""
        batch, length, _ = x.shape
        q, k, v = self.mix(x).reshape(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if bias is not None:
            scores = scores + bias
        mixed = (self.drop(scores.softmax(-1)) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_1(x + self.drop(self.out(mixed)))
        return self.norm_2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Wordpieces [batch, length] → vectors [batch, length, WIDTH]."""

    def __init__(self, words: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPS)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList([Layer(dropout) for _ in range(layers)])

    def forward(self, ids: Tensor, bias: Tensor | None = None) -> Tensor:
        """The vectors of the last layer."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.words(ids) + self.positions(places)))
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Coder(nn.Module):
    """The encoder with heads: what event a word tells of, and what part each noun has in it."""

    def __init__(self, words: int, layers: int, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(words, layers, dropout)
        self.drop = nn.Dropout(dropout)
        self.hidden = nn.Linear(2 * WIDTH, WIDTH)
        self.to_type = nn.Linear(WIDTH, sizes.types)
        self.to_mode = nn.Linear(WIDTH, sizes.modes)
        self.to_status = nn.Linear(WIDTH, sizes.statuses)
        self.to_historical = nn.Linear(WIDTH, 2)
        self.of_predicate = nn.Linear(WIDTH, ROLE_WIDTH)
        self.of_noun = nn.Linear(WIDTH, ROLE_WIDTH)
        self.role_up = nn.Linear(2 * ROLE_WIDTH, ROLE_WIDTH)
        self.to_role = nn.Linear(ROLE_WIDTH, sizes.roles)
        self.roles = sizes.roles

    def vectors(self, ids: Tensor, bias: Tensor | None = None) -> Tensor:
        """Encoded wordpieces [batch, length, WIDTH]."""
        encoded: Tensor = self.encoder(ids, bias)
        return encoded

    def judge(self, words: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Logits of type, mode, status, historical for words [n, WIDTH] of sentences with the vectors [n, WIDTH]."""
        x = torch.tanh(self.hidden(self.drop(torch.cat([words, sentences], -1))))
        x = self.drop(x)
        return self.to_type(x), self.to_mode(x), self.to_status(x), self.to_historical(x)

    def parts(self, predicates: Tensor, nouns: Tensor) -> Tensor:
        """Logits of the roles for pairs: [n, WIDTH], [n, WIDTH] → [n, roles]."""
        p, n = self.of_predicate(self.drop(predicates)), self.of_noun(self.drop(nouns))
        logits: Tensor = self.to_role(torch.tanh(self.role_up(torch.cat([p * n, p + n], -1))))
        return logits


class Exported(nn.Module):
    """The same for one sentence, as the program runs it."""

    def __init__(self, coder: Coder) -> None:
        super().__init__()
        self.coder = coder

    def forward(self, ids: Tensor, predicates: Tensor, nouns: Tensor) -> tuple[Tensor, ...]:
        """ids [1, length]; predicates [p] and nouns [n] are positions in it → logits: type [p, types], mode,
        status, historical [p, 2], role [p, n, roles]."""
        x = self.coder.vectors(ids)[0]
        words = x[predicates]
        whole = x.mean(0, keepdim=True).expand(words.shape)
        judged = self.coder.judge(words, whole)
        p, n = self.coder.of_predicate(words)[:, None], self.coder.of_noun(x[nouns])[None]
        pairs = torch.cat([p * n, p + n], -1)
        role = self.coder.to_role(torch.tanh(self.coder.role_up(pairs)))
        return (*judged, role)


_OF_LAYER = {
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm_1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_2",
}


def load_base(encoder: Encoder, file: Path, layers: list[int]) -> None:
    """Put the weights of a BERT checkpoint (safetensors) into the encoder; ``layers``: those of it that are kept."""
    from safetensors.torch import load_file

    base = load_file(str(file))
    state = {
        # one text is read at a time: the vector of "first text" is part of every position
        "words.weight": base["embeddings.word_embeddings.weight"],
        "positions.weight": base["embeddings.position_embeddings.weight"]
        + base["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    for new, old in enumerate(layers):
        for theirs, ours in _OF_LAYER.items():
            for part in ("weight", "bias"):
                state[f"layers.{new}.{ours}.{part}"] = base[f"encoder.layer.{old}.{theirs}.{part}"]
        for part in ("weight", "bias"):
            own = [base[f"encoder.layer.{old}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"layers.{new}.mix.{part}"] = torch.cat(own)
    encoder.load_state_dict(state)
