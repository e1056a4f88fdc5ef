"""From torch to the folder that the program loads: an 8-bit ONNX file, the vocabulary, and what they mean."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from training.model import Coder, Exported

OPSET = 17


def write_weights(model: Coder, vocabulary: Path, about: Mapping[str, Any], folder: Path) -> None:
    """Write coder.onnx, vocab.txt and coder.json.

    The matrices and the word vectors are kept in 8 bits, a scale for each column; activations are scaled as they come,
    which is safe because a sentence is run alone.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    example = (torch.tensor([[101, 2000, 2001, 102]]), torch.tensor([1, 2]), torch.tensor([1, 2]))
    with tempfile.TemporaryDirectory() as temporary, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch announces a newer exporter, which needs two more packages
        plain = Path(temporary, "plain.onnx")
        torch.onnx.export(
            Exported(model),
            example,
            str(plain),
            dynamo=False,
            opset_version=OPSET,
            input_names=["ids", "predicates", "nouns"],
            output_names=["type", "mode", "status", "historical", "role"],
            dynamic_axes={"ids": {1: "length"}, "predicates": {0: "p"}, "nouns": {0: "n"}},
        )
        quantize_dynamic(
            plain,
            folder / "coder.onnx",
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
        )
    shutil.copyfile(vocabulary, folder / "vocab.txt")
    write_about(about, folder)


def write_about(about: Mapping[str, Any], folder: Path) -> None:
    """Write coder.json."""
    text = json.dumps(about, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / "coder.json").write_text(text + "\n", encoding="utf-8")
