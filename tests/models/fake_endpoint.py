"""A small chat completions server, with all that can go wrong with a real one. Started as a process of its own.

    python fake_endpoint.py

It prints its port and then answers ``POST /v1/chat/completions`` until its input ends. Its "model" knows a few verbs:
in a numbered sentence such as ``[3] Police arrested two men.`` it finds who did what to whom. ``POST /faults`` takes a
list of faults, each an object that says for which requests (``when``: words of the user message), how often (``times``,
-1 for ever) and what; ``GET /requests`` gives what was asked.

Faults: ``status`` with ``headers`` and ``error``; ``sleep`` before the answer, in seconds; ``trickle``: seconds between
its bytes; ``close``: hang up; ``body``: all that is sent; ``content``, ``events``, ``refusal``, ``finish``: parts of an
answer; ``usage``: the count of tokens, null for none.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

VERBS = {
    "arrested": "COERCE/arrest",
    "bombed": "ASSAULT/explosives",
    "praised": "SUPPORT",
    "met": "CONSULT",
    "threatened": "THREATEN",
}
_SENTENCE = re.compile(rf"^\[(\d+)\] (.+?) ({'|'.join(VERBS)}) (.+?)(?:[.,]|$)", re.MULTILINE)

lock = threading.Lock()
faults: list[dict[str, Any]] = []
requests: list[dict[str, Any]] = []


def coded(user: str) -> list[dict[str, Any]]:
    """The events that the model finds in a user message."""
    return [
        {
            "sentence": int(number), "trigger": verb, "actors": [actor], "recipients": [recipient],
            "event": VERBS[verb], "status": "happened", "historical": False, "contexts": [],
        }
        for number, actor, verb, recipient in _SENTENCE.findall(user)
    ]  # fmt: skip


def fault_for(user: str) -> dict[str, Any]:
    for fault in faults:
        if fault.get("when", "") in user and fault.get("times", 1) != 0:
            fault["times"] = fault.get("times", 1) - 1
            return fault
    return {}


def wrong(request: dict[str, Any]) -> str:
    """What a strict server has to say against a request."""
    format = request.get("response_format", {})
    if format.get("type") != "json_schema" or not format["json_schema"]["strict"]:
        return "response_format: not a strict schema"
    if [m["role"] for m in request["messages"]] != ["system", "user"]:
        return "messages: system and user, please"
    return "" if request.get("model") else "no model"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        with lock:
            self.send(200, json.dumps(requests))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/faults":
            with lock:
                faults[:] = body
                requests.clear()
            return self.send(200, "{}")
        if self.path.split("?")[0] != "/v1/chat/completions":
            return self.send(404, json.dumps({"error": {"message": f"no {self.path}"}}))
        user = body["messages"][-1]["content"]
        with lock:
            requests.append({"body": body, "path": self.path, "key": self.headers.get("Authorization")})
            fault = fault_for(user)
        if message := wrong(body):
            return self.send(400, json.dumps({"error": {"message": message}}))
        time.sleep(fault.get("sleep", 0))
        if fault.get("close"):
            self.close_connection = True
            return None
        if "status" in fault:
            error = fault.get("error", {"message": f"trouble {fault['status']}"})
            return self.send(fault["status"], json.dumps({"error": error}), fault.get("headers", {}))
        return self.send(200, fault.get("body") or json.dumps(answer(user, fault)), pause=fault.get("trickle", 0))

    def send(self, status: int, text: str, headers: dict[str, str] | None = None, pause: float = 0) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for piece in [content[i : i + 1] for i in range(len(content))] if pause else [content]:
                self.wfile.write(piece)
                time.sleep(pause)
        except OSError:  # whoever asked has gone
            self.close_connection = True


def answer(user: str, fault: dict[str, Any]) -> dict[str, Any]:
    content = fault.get("content", json.dumps({"events": fault.get("events", coded(user))}))
    message = {"role": "assistant", "content": content, "refusal": fault.get("refusal")}
    usage = fault.get("usage", {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050})
    return {
        "id": "x", "object": "chat.completion", "model": "fake", "usage": usage,
        "choices": [{"index": 0, "message": message, "finish_reason": fault.get("finish", "stop")}],
    }  # fmt: skip


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
