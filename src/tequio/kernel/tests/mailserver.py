"""A real mail server on this machine that acknowledges when it is told to."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

PATIENCE = 60.0


class Post:
    """What the server received, and what it answers."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.to: list[str] = []
        self.answer_to_sender = "250 OK"
        self.answer_to_recipient = "250 OK"
        self.answer_to_message = "250 taken"
        self.arrived = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.port = 0
        handlers = {"MAIL": self.hear_sender, "RCPT": self.hear_recipient, "DATA": self.take}
        vars(self).update(
            {f"handle_{name}": handler for name, handler in handlers.items()}
        )  # as aiosmtpd looks for them

    async def hear_sender(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.answer_to_sender.startswith("2"):
            envelope.mail_from = address
        return self.answer_to_sender

    async def hear_recipient(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.answer_to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def take(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.received.append(message_from_bytes(envelope.content, policy=default))
        self.to += envelope.rcpt_tos
        self.arrived.set()
        await asyncio.to_thread(self.may_answer.wait, PATIENCE)
        return self.answer_to_message


@contextmanager
def mail_server(post: Post, port: int = 0, **more: Any) -> Iterator[Post]:
    """Run the server on a port of its own choice, or on the one given."""
    controller = Controller(post, hostname="127.0.0.1", port=port or free_port(), ready_timeout=PATIENCE, **more)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        post.may_answer.set()
        controller.stop()


@contextmanager
def scripted_server(*answers: str) -> Iterator[int]:
    """Run a server that gives these answers one after the other, whatever it hears, and then is silent."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        caller, _ = listener.accept()
        with caller, suppress(OSError):
            for answer in answers:
                caller.sendall(f"{answer}\r\n".encode())
                if not caller.recv(4096):
                    return
            while caller.recv(4096):
                pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(PATIENCE)


def free_port() -> int:
    """Return a port that nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
