"""Training of the network: batches, the loss, the schedule. Seeds are fixed; on one machine the result is the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.items import Item, Labels
from training.model import Coder, Sizes, load_base


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the weights are made. layers: which of the base encoder's are kept."""

    layers: tuple[int, ...] = (0, 1, 2, 3)
    epochs: int = 8
    batch: int = 16
    rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    decay: float = 0.01
    dropout: float = 0.1
    word_dropout: float = 0.06
    role_weight: float = 1.0
    seed: int = 14


MASK, PAD = 103, 0


def train(
    items: Sequence[Item], labels: Labels, base: Path, recipe: Recipe, say: Callable[[str], None] = print
) -> Coder:
    """A trained network. base: the checkpoint of the encoder (safetensors)."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    sizes = Sizes(len(labels.types), len(labels.modes), len(labels.statuses), len(labels.roles))
    model = Coder(_words_of(base), len(recipe.layers), sizes, recipe.dropout)
    load_base(model.encoder, base, list(recipe.layers))
    model.encoder.words.weight.requires_grad_(False)  # a word that the data lacks stays beside those it is like
    optimizer, schedule = _optimizer(model, recipe, recipe.epochs * -(-len(items) // recipe.batch))
    model.train()
    for epoch in range(recipe.epochs):
        total, n = 0.0, 0
        for batch in batches(items, recipe.batch, rng):
            loss = _loss(model, batch, labels, recipe)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, n = total + float(loss.detach()), n + 1
        say(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / n:.3f}")
    model.eval()
    return model


def _words_of(base: Path) -> int:
    from safetensors import safe_open

    with safe_open(str(base), "pt") as file:
        return int(file.get_slice("embeddings.word_embeddings.weight").get_shape()[0])


def _optimizer(
    model: Coder, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in model.encoder.parameters()}
    heads = [p for p in model.parameters() if id(p) not in inside]
    groups = [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    warm = max(1, int(steps * recipe.warm_up))

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


def batches(items: Sequence[Item], size: int, rng: random.Random | None) -> Iterator[list[Item]]:
    """The items in batches of like length, in random order; in order of length where there is no ``rng``."""
    order = sorted(items, key=lambda item: len(item.ids) + (rng.uniform(0, 8) if rng else 0.0))
    groups = [order[k : k + size] for k in range(0, len(order), size)]
    if rng:
        rng.shuffle(groups)
    yield from groups


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of some items: ids and mask [b, length]; for each predicate its row and place, likewise pairs."""

    ids: Tensor
    mask: Tensor
    rows: Tensor
    places: Tensor
    pair_rows: Tensor
    pair_predicates: Tensor
    pair_nouns: Tensor


def collate(batch: Sequence[Item], all_pairs: bool = False) -> Batch:
    """The tensors of a batch; pairs are those of events (or all of them), predicate by predicate."""
    length = max(len(item.ids) for item in batch)
    ids = torch.tensor([item.ids + [PAD] * (length - len(item.ids)) for item in batch])
    mask = torch.tensor([[1.0] * len(item.ids) + [0.0] * (length - len(item.ids)) for item in batch])
    asked = [(r, p) for r, item in enumerate(batch) for p in item.predicates]
    pairs = [
        (r, p, n)
        for r, item in enumerate(batch)
        for k, p in enumerate(item.predicates)
        if all_pairs or item.types[k] > 0
        for n in item.nouns
    ]
    columns = [torch.tensor(c, dtype=torch.long) for c in (list(zip(*pairs, strict=True)) or [(), (), ()])]
    rows, places = (torch.tensor(c) for c in zip(*asked, strict=True))
    return Batch(ids, mask, rows, places, *columns)


def run(model: Coder, b: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Logits of type, mode, status, historical for each predicate, and of role for each pair."""
    bias = (1.0 - b.mask)[:, None, None, :] * -1e4
    x = model.vectors(b.ids, bias)
    whole = (x * b.mask[..., None]).sum(1) / b.mask.sum(1, keepdim=True)
    judged = model.judge(x[b.rows, b.places], whole[b.rows])
    return (*judged, model.parts(x[b.pair_rows, b.pair_predicates], x[b.pair_rows, b.pair_nouns]))


def _loss(model: Coder, batch: Sequence[Item], labels: Labels, recipe: Recipe) -> Tensor:
    b = collate(batch)
    if recipe.word_dropout:
        hidden = (torch.rand(b.ids.shape) < recipe.word_dropout) & (b.ids > 999)  # below 999: special pieces, marks
        b = Batch(b.ids.masked_fill(hidden, MASK), *(getattr(b, f) for f in Batch.__slots__[1:]))
    type, mode, status, historical, role = run(model, b)

    def flat(name: str) -> Tensor:
        return torch.tensor([v for item in batch for v in getattr(item, name)], dtype=torch.long)

    types, modes = flat("types"), flat("modes")
    told = types > 0
    loss = nn.functional.cross_entropy(type, types, label_smoothing=0.02)
    if told.any():
        loss = loss + 0.3 * nn.functional.cross_entropy(_in_type(mode[told], modes[told], labels), modes[told])
        loss = loss + 0.3 * nn.functional.cross_entropy(status[told], flat("statuses")[told])
        loss = loss + 0.1 * nn.functional.cross_entropy(historical[told], flat("historical")[told])
    parts = [v for item in batch for k, row in enumerate(item.roles) if item.types[k] > 0 for v in row]
    if parts:
        loss = loss + recipe.role_weight * nn.functional.cross_entropy(role, torch.tensor(parts))
    return loss


def _in_type(mode: Tensor, right: Tensor, labels: Labels) -> Tensor:
    """The logits of the modes with those of other types out of the race."""
    type_of = torch.tensor([labels.types.index(name.split("/")[0]) for name in labels.modes])
    return mode.masked_fill(type_of[None] != type_of[right][:, None], -1e4)
