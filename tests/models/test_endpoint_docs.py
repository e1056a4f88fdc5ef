"""docs/endpoint.md is typed as it stands, with a server of ours in the place of the others."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from whodid.settings import Settings

from .conftest import FakeEndpoint

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "endpoint.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_there_is_a_block_for_each_server() -> None:
    assert len(BLOCKS) == 4
    for block, word in zip(BLOCKS, ("llama-server", "vllm serve", "ollama serve", "_KEY="), strict=True):
        assert word in block


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b.split("\n")[0][:30])
def test_what_the_page_says_works(block: str, endpoint: FakeEndpoint, tmp_path: Path) -> None:
    lines = [line for line in block.splitlines() if line.startswith(("export WHODID_", "whodid "))]
    script = "\n".join(re.sub(r"(ENDPOINT_URL)=\S+", rf"\1={endpoint.url}", line) for line in lines)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("WHODID_")},
        "WHODID_STATE": str(tmp_path / "state"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-ec", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "claims.jsonl").exists()
    assert "endpoint: " in done.stderr
    assert ("cost" in done.stderr) == ("PRICE" in block)
    assert {r["body"]["model"] for r in endpoint.requests} == {re.findall(r"ENDPOINT_MODEL=(\S+)", block)[0]}


@pytest.mark.parametrize("name", [n for n in Settings.model_fields if n == "coder" or n.startswith("endpoint_")])
def test_every_setting_is_in_the_table_with_its_default(name: str) -> None:
    table = PAGE[PAGE.index("## Settings") :]
    (row,) = re.findall(rf"^\|[^|]*`WHODID_{name.upper()}`.*$", table, re.MULTILINE)
    default = Settings.model_fields[name].default
    if default not in (None, ""):
        assert row.endswith(f"| `{default}` |")
