"""A client of the YAML language server over stdio: just enough of the protocol to ask as an editor does."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

SERVER = Path(sys.prefix) / "node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 30.0


def missing() -> str:
    """Why the server cannot be started here; empty if it can."""
    if which("node") is None:
        return "node is not installed"
    return "" if SERVER.is_file() else f"no yaml-language-server in {SERVER.parents[3].name}; run: make node"


class Editor:
    """An open connection. Documents are opened by their text, whatever is on the disk."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._asked = 0
        self._version = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        return self._await(lambda one: one.get("id") == self._asked and "method" not in one)["result"]

    def tell(self, method: str, **params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def opened(self, file: Path, text: str) -> list[dict[str, Any]]:
        """What the server marks in a file that has this text."""
        self._version += 1
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": self._version, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        told = self._await(lambda one: one.get("method") == "textDocument/publishDiagnostics")
        marked: list[dict[str, Any]] = told["params"]["diagnostics"]
        return marked

    def offered(self, file: Path, line: int, character: int) -> list[str]:
        """The labels that are offered for completion."""
        place = {"line": line, "character": character}
        found = self.ask("textDocument/completion", textDocument={"uri": file.as_uri()}, position=place)
        return [one["label"] for one in found["items"]]

    def explained(self, file: Path, line: int, character: int) -> str:
        """What is said of the place."""
        place = {"line": line, "character": character}
        return json.dumps(self.ask("textDocument/hover", textDocument={"uri": file.as_uri()}, position=place))

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _await(self, wanted: Any) -> dict[str, Any]:
        """The next message that is wanted; what the server asks on the way is answered with nothing."""
        while True:
            message = self._heard.get(timeout=PATIENCE)
            if wanted(message):
                return message
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items")
                self._send({"id": message["id"], "result": [None] * len(items) if items else None})

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._heard.put(json.loads(stream.read(length)))


@contextmanager
def editor(root: Path) -> Iterator[Editor]:
    """A server that works in a folder."""
    command = ["node", str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            one = Editor(process)
            text = {"publishDiagnostics": {}, "completion": {"completionItem": {"snippetSupport": True}}, "hover": {}}
            folders = [{"uri": root.as_uri(), "name": root.name}]
            one.ask(
                "initialize",
                processId=None,
                rootUri=root.as_uri(),
                workspaceFolders=folders,
                capabilities={"textDocument": text},
            )
            one.tell("initialized")
            one.tell(
                "workspace/didChangeConfiguration",
                settings={"yaml": {"completion": True, "hover": True, "validate": True}},
            )
            yield one
        finally:
            process.kill()
