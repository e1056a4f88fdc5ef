from __future__ import annotations

import email.utils
import logging
import socket
import time
from typing import Any

import pytest
from tenacity import Future, RetryCallState, Retrying, wait_fixed

from whodid.errors import ModelError, SettingError
from whodid.models.endpoint import client
from whodid.models.endpoint.client import Client, Failed, Reply, Spent, TooLong
from whodid.models.endpoint.options import Options

from .conftest import FakeEndpoint

NOW = {"Retry-After": "0"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pauses."""
    monkeypatch.setattr(client, "_backoff", wait_fixed(0.1))


def ask(options: Options, spent: Spent | None = None) -> Reply:
    return Client(options).ask("a codebook", "[1] Police arrested two men.", {"type": "object"}, spent or Spent())


def test_what_is_asked(endpoint: FakeEndpoint) -> None:
    extra = '{"reasoning_effort": "low", "max_tokens": 99}'
    spent = Spent()
    reply = ask(endpoint.options(key="sk-1", seed=7, extra=extra), spent)
    assert reply.whole and reply.refusal is None and "arrested" in reply.text
    (request,) = endpoint.requests
    assert request["key"] == "Bearer sk-1"
    body = request["body"]
    assert body["messages"] == [
        {"role": "system", "content": "a codebook"},
        {"role": "user", "content": "[1] Police arrested two men."},
    ]
    assert (body["model"], body["temperature"], body["seed"]) == ("fake-1", 0, 7)
    assert (body["reasoning_effort"], body["max_tokens"]) == ("low", 99)
    assert body["response_format"]["json_schema"] == {"name": "events", "strict": True, "schema": {"type": "object"}}
    assert spent.usage.model_dump() == {"requests": 1, "input_tokens": 1000, "output_tokens": 50, "uncounted": 0}


def test_without_a_key_none_is_sent(endpoint: FakeEndpoint) -> None:
    ask(endpoint.options())
    assert endpoint.requests[0]["key"] is None


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again(endpoint: FakeEndpoint, status: int) -> None:
    endpoint.faults({"status": status, "headers": NOW, "times": 2})
    spent = Spent()
    assert "arrested" in ask(endpoint.options(), spent).text
    assert spent.usage.requests == 3
    assert spent.usage.input_tokens == 1000


@pytest.mark.parametrize(
    "fault",
    [{"close": True}, {"body": "<html>busy</html>"}, {"body": "{}"}, {"body": '{"choices": [7]}'}, {"body": "[1]"}],
    ids=str,
)
def test_a_broken_answer_is_asked_for_again(endpoint: FakeEndpoint, fault: dict[str, Any]) -> None:
    endpoint.faults(fault)
    spent = Spent()
    assert "arrested" in ask(endpoint.options(), spent).text
    assert spent.usage.requests == 2


def test_the_pause_that_the_server_asks_for_is_kept(endpoint: FakeEndpoint, caplog: pytest.LogCaptureFixture) -> None:
    endpoint.faults({"status": 429, "headers": {"Retry-After": "2"}})
    started = time.monotonic()
    with caplog.at_level(logging.INFO, "whodid"):
        ask(endpoint.options(key="sk-secret"))
    assert time.monotonic() - started >= 2
    assert "trying again in 2.1 s" in caplog.text
    assert "sk-secret" not in caplog.text


def test_a_pause_may_be_given_as_a_date(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"status": 503, "headers": {"Retry-After": email.utils.formatdate(time.time() + 3, usegmt=True)}})
    started = time.monotonic()
    ask(endpoint.options())
    assert time.monotonic() - started >= 1.5


def test_the_pauses_grow_from_a_second_to_a_minute_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    state = RetryCallState(Retrying(), None, (), {})
    pauses = []
    for number in range(1, 12):
        state.outcome = Future.construct(number, ValueError(), has_exception=True)
        state.attempt_number = number
        pauses.append({client._pause(state) for _ in range(20)})
    assert all(1 <= p <= 2 for p in pauses[0])
    assert all(8 <= p <= 9 for p in pauses[3])
    assert pauses[-1] == {60}
    assert len(pauses[0]) > 10


def test_a_pause_beyond_the_patience_is_not_waited_for(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"status": 429, "headers": {"Retry-After": "3600"}, "times": -1})
    started = time.monotonic()
    with pytest.raises(Failed, match="no answer within 10 s, at last: status 429: trouble 429"):
        ask(endpoint.options())
    assert time.monotonic() - started < 60
    assert len(endpoint.requests) == 1


def test_the_patience_ends_the_tries_and_the_last_of_them(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"status": 500, "times": 1}, {"sleep": 30, "times": -1})
    started = time.monotonic()
    spent = Spent()
    with pytest.raises(Failed, match=r"no answer within 1\.5 s"):
        ask(endpoint.options(timeout=0.5, patience=1.5), spent)
    assert time.monotonic() - started < 20
    assert 3 <= spent.usage.requests <= 4


@pytest.mark.parametrize("fault", [{"sleep": 30}, {"trickle": 0.2}], ids=str)
def test_a_slow_answer_is_not_waited_for(endpoint: FakeEndpoint, fault: dict[str, Any]) -> None:
    endpoint.faults({**fault, "times": -1})
    started = time.monotonic()
    with pytest.raises(Failed, match=r"no answer within 1\.5 s"):
        ask(endpoint.options(timeout=1.0, patience=1.5))
    assert time.monotonic() - started < 20


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    options = Options(url=f"http://127.0.0.1:{port}/v1", model="m", patience=0.5)
    with pytest.raises(Failed, match=r"no connection \(ConnectError"):
        ask(options)


@pytest.mark.parametrize(
    ("status", "error", "hint"),
    [
        (401, {"message": "Incorrect API key provided: sk-secret."}, "check WHODID_ENDPOINT_KEY"),
        (402, {"message": "pay"}, "cannot pay"),
        (404, {"message": "model 'fake-1' not found"}, "WHODID_ENDPOINT_MODEL"),
        (307, {"message": "moved"}, "WHODID_ENDPOINT_URL"),
        (429, {"message": "You exceeded your quota", "code": "insufficient_quota"}, "cannot pay"),
    ],
)
def test_what_stops_every_report(endpoint: FakeEndpoint, status: int, error: dict[str, str], hint: str) -> None:
    endpoint.faults({"status": status, "error": error, "times": -1})
    with pytest.raises(ModelError, match=hint) as raised:
        ask(endpoint.options(key="sk-secret"))
    assert "sk-secret" not in str(raised.value)
    assert len(endpoint.requests) == 1


def test_the_wrong_path_is_named(endpoint: FakeEndpoint) -> None:
    with pytest.raises(ModelError, match=r"most end in /v1"):
        ask(endpoint.options(url=endpoint.url.removesuffix("/v1")))


@pytest.mark.parametrize(
    "error",
    [
        {"code": "context_length_exceeded", "message": "This model's maximum context length is 8192 tokens."},
        {"type": "exceed_context_size_error", "message": "request (9 tokens) exceeds the available context size"},
    ],
)
def test_what_is_too_long_is_told_apart(endpoint: FakeEndpoint, error: dict[str, str]) -> None:
    endpoint.faults({"status": 400, "error": error})
    with pytest.raises(TooLong, match="status 400"):
        ask(endpoint.options())


@pytest.mark.parametrize("error", ["a plain word", {"message": "response_format is not supported"}, {"detail": "no"}])
def test_a_request_that_is_refused_is_not_sent_again(endpoint: FakeEndpoint, error: object) -> None:
    endpoint.faults({"status": 400, "error": error, "times": -1})
    with pytest.raises(Failed, match=r"status 400: (a plain word|response_format is not|no)"):
        ask(endpoint.options())
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"refusal": "I cannot help with that."}, "I cannot help with that."),
        ({"finish": "content_filter", "content": ""}, "stopped by a content filter"),
        ({"status": 400, "error": {"code": "content_filter", "message": "violence"}}, "status 400: violence"),
    ],
)
def test_refusals(endpoint: FakeEndpoint, fault: dict[str, Any], reason: str) -> None:
    endpoint.faults(fault)
    assert ask(endpoint.options()).refusal == reason


def test_an_answer_that_was_cut_off(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"finish": "length", "content": '{"events": ['})
    assert not ask(endpoint.options()).whole


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": "many"}, 7])
def test_an_answer_whose_tokens_are_not_counted(endpoint: FakeEndpoint, usage: object) -> None:
    endpoint.faults({"usage": usage})
    spent = Spent()
    ask(endpoint.options(), spent)
    assert spent.usage.model_dump() == {"requests": 1, "input_tokens": 0, "output_tokens": 0, "uncounted": 1}


def test_fields_that_a_model_does_not_take_are_left_out(
    endpoint: FakeEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    def unknown(name: str) -> dict[str, Any]:
        return {"status": 400, "error": {"message": f"unsupported: {name}", "param": name}}

    endpoint.faults(unknown("max_tokens"), unknown("temperature"))
    asked = Client(endpoint.options(max_tokens=100))
    for _ in range(2):
        assert "arrested" in asked.ask("s", "[1] Police arrested two men.", {}, Spent()).text
    last = endpoint.requests[-1]["body"]
    assert last["max_completion_tokens"] == 100
    assert not {"max_tokens", "temperature"} & set(last)
    assert len(endpoint.requests) == 4
    assert "fake-1 does not take temperature; its answers may vary" in caplog.text


def test_a_field_that_the_user_set_is_not_left_out(endpoint: FakeEndpoint) -> None:
    endpoint.faults({"status": 400, "error": {"message": "unsupported", "param": "temperature"}, "times": -1})
    with pytest.raises(Failed, match="unsupported"):
        ask(endpoint.options(extra='{"temperature": 1}'))


# ---------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"url": "localhost:8080"}, "is no address"),
        ({"url": "ftp://example.org"}, "is no address"),
        ({"url": "http://me:sesame@example.org/v1"}, "name or password"),
        ({"key": "sesame\nX-Other: 1"}, "WHODID_ENDPOINT_KEY"),
        ({"key": "sesame sesame"}, "WHODID_ENDPOINT_KEY"),
        ({"key": "sésame"}, "WHODID_ENDPOINT_KEY"),
        ({"extra": "{"}, "WHODID_ENDPOINT_EXTRA: no JSON"),
        ({"extra": "[1]"}, "give a JSON object"),
        ({"extra": '{"model": "other"}'}, "'model' cannot be set there"),
    ],
)
def test_options_that_cannot_be(given: dict[str, str], message: str) -> None:
    with pytest.raises(SettingError, match=message) as raised:
        Options(**{"url": "http://localhost/v1", "model": "m", **given})  # type: ignore[arg-type]
    assert "sesame" not in str(raised.value)
    assert "sésame" not in str(raised.value)


def test_the_address_of_the_completions() -> None:
    def of(url: str) -> Options:
        return Options(url=url, model="m", key="sk-secret")

    assert of("http://h:1/v1/").completions == "http://h:1/v1/chat/completions"
    assert of("http://h/v1/chat/completions").completions == "http://h/v1/chat/completions"
    azure = of("https://h/openai/v1?api-version=1&code=sesame")
    assert azure.completions == "https://h/openai/v1/chat/completions?api-version=1&code=sesame"
    assert azure.shown == "https://h/openai/v1/chat/completions"
    assert "sesame" not in str(azure.deciding)
    assert "sk-secret" not in f"{azure!r} {azure.deciding}"
