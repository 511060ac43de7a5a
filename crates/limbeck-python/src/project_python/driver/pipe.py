"""Frames between the driver and Limbeck: four bytes of length, most significant first, then JSON in UTF-8.

The driver's standard output and error stay the user's; these two pipes belong to the driver alone. Must not know
what the frames say.
"""

import json
import os
import struct
import threading


class Pipe:
    """Both directions. One request at a time: a thread of a script waits for the one before it."""

    def __init__(self, reader, writer):
        self._reader = reader
        self._writer = writer
        self._lock = threading.RLock()

    def send(self, message):
        """Writes one frame."""
        data = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
        frame = struct.pack(">I", len(data)) + data
        view = memoryview(frame)
        try:
            while view:
                view = view[os.write(self._writer, view):]
        except BrokenPipeError:
            os._exit(1)

    def receive(self):
        """Waits for one frame; ends the process when Limbeck is gone, because then nobody is left to tell."""
        (length,) = struct.unpack(">I", self._exactly(4))
        return json.loads(self._exactly(length))

    def ask(self, message):
        """Writes one frame and waits for its answer."""
        with self._lock:
            self.send(message)
            return self.receive()

    def _exactly(self, count):
        parts = []
        while count:
            part = os.read(self._reader, min(count, 1 << 20))
            if not part:
                os._exit(1)
            parts.append(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


def watch(lifeline):
    """Ends the process when Limbeck is gone: a script may compute for hours without asking for anything."""

    def wait():
        while os.read(lifeline, 1):
            pass
        os._exit(1)

    threading.Thread(target=wait, name="limbeck-lifeline", daemon=True).start()
