"""Cuts a Mako template into its parts: text, expressions, control lines, blocks and tags."""

import re

CONTROL = re.compile(r"[ \t]*(%(?!%)|##)[ \t]*((?:\\\r?\n|[^\r\n])*)(?:\r?\n|\Z)")
PERCENT = re.compile(r"([ \t]*)%%(%*)")
TAG = re.compile(r"<%(\w[\w.:]*)((?:\s+\w+|\s*=\s*|\"[^\"]*\"|'[^']*'|\s)*)(/)?>")
ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
CLOSE = re.compile(r"</%([\w.:]+)\s*>")
STRING = re.compile(
    r"[rbuf]{0,2}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')",
    re.I | re.S,
)
OPEN = {"(": ")", "[": "]", "{": "}"}


class TemplateError(Exception):
    """What is wrong with a template, and where: `script.py.mako:12: …`."""

    def __init__(self, path, line, problem):
        self.path, self.line, self.problem = path, line, problem
        Exception.__init__(self, "%s:%d: %s" % (path, line, problem))


class Token:
    """One part: `kind` is text, expression, control, code, module, open, close."""

    def __init__(self, kind, line, text, **more):
        self.kind, self.line, self.text, self.more = kind, line, text, more


class Tokens:
    """Reads a template from its start to its end."""

    def __init__(self, source, path):
        self.source, self.path, self.at = source, path, 0
        self.found = []

    def line(self, at=None):
        return self.source.count("\n", 0, self.at if at is None else at) + 1

    def fail(self, problem, at=None):
        raise TemplateError(self.path, self.line(at), problem)

    def add(self, kind, text, at, **more):
        if kind == "text" and self.found and self.found[-1].kind == "text":
            self.found[-1].text += text
        elif kind != "text" or text:
            self.found.append(Token(kind, self.line(at), text, **more))

    def all(self):
        source, end = self.source, len(self.source)
        while self.at < end:
            start = self.at
            if (start == 0 or source[start - 1] == "\n") and self.line_start():
                continue
            if source.startswith("${", start):
                self.expression()
            elif source.startswith("<%", start) or source.startswith("</%", start):
                self.tag()
            elif source.startswith("\\\n", start):
                self.at += 2
            elif source.startswith("\\\r\n", start):
                self.at += 3
            else:
                self.plain()
        return self.found

    def line_start(self):
        """A control line, a comment or a doubled per cent sign."""
        start = self.at
        match = CONTROL.match(self.source, start)
        if match:
            self.at = match.end()
            if match.group(1) == "%":
                self.add("control", match.group(2).strip(), start)
            return True
        match = PERCENT.match(self.source, start)
        if match:
            self.at = match.end()
            self.add("text", match.group(1) + "%" + match.group(2), start)
            return True
        return False

    def plain(self):
        """Text up to the next thing that could be something else."""
        start, source = self.at, self.source
        at = start + 1
        while at < len(source):
            if source[at - 1] == "\n" and (
                CONTROL.match(source, at) or PERCENT.match(source, at)
            ):
                break
            if source.startswith(("${", "<%", "</%", "\\\n", "\\\r\n"), at):
                break
            at += 1
        self.at = at
        self.add("text", source[start:at], start)

    def expression(self):
        start = self.at
        self.at += 2
        text, stop = self.until("|", "}")
        filters = ""
        if stop == "|":
            filters, stop = self.until("}")
        self.add("expression", text.strip(), start, filters=filters.strip())

    def until(self, *stops):
        """Python up to one of `stops` that stands in no string and in no parentheses, and which one."""
        start, source, nested = self.at, self.source, []
        while self.at < len(source):
            letter = source[self.at]
            match = STRING.match(source, self.at)
            if match and (letter in "\"'" or not source[self.at - 1].isalnum()):
                self.at = match.end()
                continue
            if nested and letter == nested[-1]:
                nested.pop()
            elif not nested and source.startswith(stops, self.at):
                stop = next(one for one in stops if source.startswith(one, self.at))
                text = source[start : self.at]
                self.at += len(stop)
                return text, stop
            elif letter in OPEN:
                nested.append(OPEN[letter])
            elif letter == "#" and "%>" in stops:
                end = source.find("\n", self.at)
                comment_end = source.find("%>", self.at)
                if end < 0 or 0 <= comment_end < end:
                    end = comment_end
                self.at = end if end >= 0 else len(source)
                continue
            self.at += 1
        self.fail("'%s' is missing" % stops[-1], start)

    def tag(self):
        start, source = self.at, self.source
        if source.startswith("<%!", start) or re.match(r"<%\s", source[start : start + 3]):
            is_module = source[start + 2] == "!"
            self.at += 3 if is_module else 2
            text, _ = self.until("%>")
            self.add("module" if is_module else "code", text, start)
            return
        match = CLOSE.match(source, start)
        if match:
            self.at = match.end()
            self.add("close", match.group(1), start)
            return
        match = TAG.match(source, start)
        if not match:
            self.fail("a tag that cannot be read")
        name = match.group(1)
        self.at = match.end()
        if name in ("doc", "text") and not match.group(3):
            end = source.find("</%%%s>" % name, self.at)
            if end < 0:
                self.fail("'</%%%s>' is missing" % name, start)
            if name == "text":
                self.add("text", source[self.at : end], start)
            self.at = end + len(name) + 4
            return
        attributes = {
            key: double or single for key, double, single in ATTRIBUTE.findall(match.group(2))
        }
        self.add("open", name, start, attributes=attributes, closed=bool(match.group(3)))


def split_list(text):
    """The parts of a list that is separated by commas outside of strings and parentheses."""
    tokens = Tokens(text + ",", "")
    parts = []
    while tokens.at < len(tokens.source):
        part, _ = tokens.until(",")
        if part.strip():
            parts.append(part.strip())
    return parts
