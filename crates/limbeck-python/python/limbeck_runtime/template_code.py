"""Writes a template's parts as Python source, line by line with the template's line beside it."""

import re

from limbeck_runtime.template_tokens import TemplateError, Tokens, split_list

FOR = re.compile(r"for\s+(.*?)\s+in\s+(.*):\s*(?:#.*)?$", re.S)
CONTROL = re.compile(r"(end)?(\w+)\s*(.*)", re.S)
BLOCKS = ("if", "for", "while", "try", "with")
MIDDLES = ("elif", "else", "except", "finally")
SIGNATURE = re.compile(r"\s*(\w+)\s*(\(.*\))?\s*$", re.S)


class Function:
    """A body that is being written: the template's own, or a def's."""

    def __init__(self, head=None, line=0, ends=()):
        self.lines = []
        self.depth = 0
        self.blocks = []
        self.ends = ends
        if head:
            self.add(head, line)
            self.depth = 1

    def add(self, text, line):
        self.lines.append(("    " * self.depth + text, line))


class Code:
    """Turns a template into Python."""

    def __init__(self, source, path):
        self.path = path
        self.tokens = Tokens(source, path).all()
        self.uses_loop = re.search(r"\bloop\b", source) is not None
        self.module = Function()
        self.defs = []
        self.stack = [Function()]
        self.names = [None]

    @property
    def here(self):
        return self.stack[-1]

    def fail(self, token, problem):
        raise TemplateError(self.path, token.line, problem)

    def lines(self):
        """All lines: module blocks, defs, then the body."""
        for token in self.tokens:
            getattr(self, "on_" + token.kind)(token)
        if len(self.stack) > 1:
            raise TemplateError(
                self.path, self.tokens[-1].line, "'</%%%s>' is missing" % self.names[-1]
            )
        if self.here.blocks:
            keyword, line = self.here.blocks[-1]
            raise TemplateError(self.path, line, "'%% end%s' is missing" % keyword)
        lines = list(self.module.lines)
        for one in self.defs:
            lines += one.lines
        return lines + self.stack[0].lines

    def on_text(self, token):
        self.here.add("__write(%r)" % token.text, token.line)

    def on_expression(self, token):
        filters = split_list(token.more["filters"])
        if "n" not in filters:
            filters.insert(0, "str")
        text = "(%s)" % token.text if token.text else "''"
        for name in filters:
            if name != "n":
                text = "__filter(%r, lambda: %s)(%s)" % (name, name, text)
        # An expression may span lines; inside of the parentheses they are one statement.
        lines = ("__write(%s)" % text).split("\n")
        self.here.add(lines[0], token.line)
        for offset, line in enumerate(lines[1:], 1):
            self.here.lines.append((line, token.line + offset))

    def on_control(self, token):
        match = CONTROL.match(token.text)
        if not match:
            self.fail(token, "a control line without a word")
        end, keyword = match.group(1), match.group(2)
        here = self.here
        if end:
            if not here.blocks or here.blocks[-1][0] != keyword:
                self.fail(token, "'%% end%s' without '%% %s'" % (keyword, keyword))
            here.blocks.pop()
            here.depth -= 1
            return
        text = token.text.replace("\\\n", " ").replace("\\\r\n", " ")
        if keyword in MIDDLES:
            if not here.blocks:
                self.fail(token, "'%% %s' without what it belongs to" % keyword)
            here.depth -= 1
            here.add(text, token.line)
        elif keyword in BLOCKS:
            here.blocks.append((keyword, token.line))
            match = FOR.match(text) if keyword == "for" and self.uses_loop else None
            if match:
                text = "for %s in __each(%s):" % match.groups()
            here.add(text, token.line)
        else:
            self.fail(token, "'%% %s' is no control line" % keyword)
        here.depth += 1
        here.add("pass", token.line)

    def on_code(self, token):
        self.block(self.here, token)

    def on_module(self, token):
        self.block(self.module, token)

    def block(self, function, token):
        for offset, line in indented(token.text, function.depth):
            function.lines.append((line, token.line + offset))

    def on_open(self, token):
        name, attributes = token.text, token.more["attributes"]
        if name == "page":
            return
        if name not in ("def", "block") or token.more["closed"]:
            self.fail(token, "'<%%%s>' is not provided; write this script with Alembic" % name)
        match = SIGNATURE.match(attributes.get("name", ""))
        if not match:
            self.fail(token, "'<%%%s>' without a name" % name)
        function, arguments = match.group(1), match.group(2) or "()"
        one = Function("def %s%s:" % (function, arguments), token.line)
        filters = [part for part in split_list(attributes.get("filter", "")) if part != "n"]
        buffered = attributes.get("buffered", "False").strip() == "True"
        if filters or buffered:
            one.add("__context.push()", token.line)
            text = "__context.pop()"
            for part in filters:
                text = "__filter(%r, lambda: %s)(%s)" % (part, part, text)
            one.ends = ("return " + text,) if buffered else ("__write(%s)" % text, "return ''")
        else:
            one.ends = ("return ''",)
        if name == "block":
            self.here.add("%s()" % function, token.line)
        self.stack.append(one)
        self.names.append(name)

    def on_close(self, token):
        if len(self.stack) == 1 or self.names[-1] != token.text:
            self.fail(token, "'</%%%s>' closes nothing" % token.text)
        one = self.stack.pop()
        self.names.pop()
        if one.blocks:
            self.fail(token, "'%% end%s' is missing" % one.blocks[-1][0])
        for end in one.ends:
            one.add(end, token.line)
        if len(self.stack) == 1:
            self.defs.append(one)
        else:
            # An inner def sees its outer one's names; it comes before their first use.
            outer = self.stack[-1]
            inner = [("    " + text, line) for text, line in one.lines]
            outer.lines[1:1] = inner


def indented(text, depth):
    """The lines of a block of code with their offsets, moved to `depth`; those inside of a string stay."""
    lines = text.replace("\r\n", "\n").split("\n")
    margin, inside, result = None, None, []
    for offset, line in enumerate(lines):
        if inside is None and line.strip() and not line.strip().startswith("#"):
            if margin is None:
                margin = line[: len(line) - len(line.lstrip())]
        if inside is None:
            moved = line[len(margin) :] if margin and line.startswith(margin) else line.lstrip()
            if margin is None:
                moved = line.strip()
            if moved.strip():
                result.append((offset, "    " * depth + moved.rstrip()))
        else:
            result.append((offset, line))
        inside = triple_quote(line, inside)
    return result


def triple_quote(line, inside):
    """Which triple quotes are open after `line`."""
    at = 0
    while at < len(line):
        if inside is None:
            if line[at] == "#":
                return None
            if line.startswith(('"""', "'''"), at):
                inside = line[at : at + 3]
                at += 3
                continue
            if line[at] in "\"'":
                quote, at = line[at], at + 1
                while at < len(line) and line[at] != quote:
                    at += 2 if line[at] == "\\" else 1
        elif line.startswith(inside, at):
            inside = None
            at += 3
            continue
        elif line[at] == "\\":
            at += 1
        at += 1
    return inside
