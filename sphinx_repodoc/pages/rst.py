"""reStructuredText of a README to nodes of docutils: harmless directives only, and within bounds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, Parser, states
from docutils.parsers.rst.directives import admonitions, body, tables
from sphinx.util.docutils import CustomReSTDispatcher

from sphinx_repodoc.pages.bounds import DEEPEST, LONG_LINE, LONGEST_PARAGRAPH, TOO_DEEP, TOO_MUCH, StopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_repodoc.pages.bounds import Outcome

_SILENT: Final = 5
"""Above every level of docutils' messages."""
_MOST_STEPS: Final = 20_000
"""Lines that the parser looks at, once for each level they are nested in, and pieces of inline markup."""
_SLICED: Final = 50
"""Lines that are handed on to a nested parser in the time of one step."""
_INTERNAL_TARGET: Final = 40
"""Steps for a target without an address: docutils gives the names of each to the next, if that follows at once."""
_MOST_INDIRECT: Final = 50
"""Targets that point to targets: docutils recurses from one to the next."""
_LARGEST_TABLE: Final = 20_000
"""Characters of a grid table: its parser looks at each of them for each cell around it."""


def parse_rst(text: str, path: str, outcome: Outcome) -> nodes.document:
    """Parse reStructuredText.

    :param outcome: gets what is left out.
    """
    settings = {
        "_disable_config": True,
        "docinfo_xform": False,
        "doctitle_xform": False,
        "file_insertion_enabled": False,
        "raw_enabled": False,
        "report_level": _SILENT,
        "halt_level": _SILENT,
        "warning_stream": "",
        "input_encoding": "unicode",
        "line_length_limit": LONGEST_PARAGRAPH,
    }
    parser = _BoundedParser(outcome)
    with _HarmlessMarkup():
        document: nodes.document = publish_doctree(
            text, source_path=path, parser=parser, settings_overrides=settings
        )
    return document


class _Meter:
    """Counts what one parse costs, and ends it."""

    def __init__(self, outcome: Outcome, document: nodes.document) -> None:
        self.outcome = outcome
        self.document = document
        self.steps = 0
        self.depth = 0
        self.machines: list[Any] = []
        """Nested parsers that are free."""
        self.methods: dict[str, Callable[..., None]] = {
            "note_source": self._look,
            "note_explicit_target": self._explicit_target,
            "note_implicit_target": self._implicit_target,
        }
        """What docutils calls of the document, while it is parsed."""
        self._note_source = document.note_source
        self._note_explicit_target = document.note_explicit_target
        self._note_implicit_target = document.note_implicit_target

    def count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise StopError(TOO_MUCH)

    def _explicit_target(self, target: nodes.Element, _message: nodes.Element | None = None) -> None:
        """Keep the message about targets of one name: for each, all of the element that holds it is validated."""
        if not target.hasattr("refuri") and not target.hasattr("refname"):
            self.count(_INTERNAL_TARGET)
        self._note_explicit_target(target)

    def _implicit_target(self, target: nodes.Element, _message: nodes.Element | None = None) -> None:
        self._note_implicit_target(target)

    def _look(self, source: Any, offset: Any) -> None:
        """Count a line: docutils tells the document of each one that a parser comes to."""
        self._note_source(source, offset)
        if len(self.document.indirect_targets) > _MOST_INDIRECT:
            raise StopError(TOO_MUCH)
        self.count(1)

    @contextmanager
    def nested(self, lines: Sequence[str]) -> Iterator[None]:
        """Count what a nested parser is given."""
        if self.depth >= 2 * DEEPEST:  # a list and its item are two
            raise StopError(TOO_DEEP)
        self.count(1 + len(lines) // _SLICED)
        self.depth += 1
        yield
        self.depth -= 1


class _BoundedState(states.RSTState):
    """What the states of the parser have in common that is bounded."""

    inliner: Any

    def __init__(self, state_machine: Any, debug: bool = False) -> None:
        super().__init__(state_machine, debug)
        self.nested_sm_kwargs = {"state_classes": _STATES, "initial_state": "Body"}

    @property
    def nested_sm_cache(self) -> Any:  # type: ignore[override]
        """Of this parse: docutils has one for all, and would hand our parsers on to others."""
        return self.inliner.meter.machines

    def nested_parse(self, block: Any, *args: Any, **options: Any) -> Any:
        with self.inliner.meter.nested(block):
            return super().nested_parse(block, *args, **options)

    def nested_list_parse(self, block: Any, *args: Any, **options: Any) -> Any:
        with self.inliner.meter.nested(block):
            return super().nested_list_parse(block, *args, **options)


class _BoundedBody(_BoundedState, states.Body):
    """The state in which tables are found."""

    def split_attribution(self, indented: Any, line_offset: int) -> Any:
        """Count what is left of a block in which one quote follows the other: it is copied for each of them."""
        self.inliner.meter.count(len(indented) // _SLICED)
        return super().split_attribution(indented, line_offset)  # type: ignore[no-untyped-call]

    def table(self, isolate_function: Any, parser_class: Any) -> Any:
        block, messages, blank_finish = isolate_function()
        if sum(map(len, block)) <= _LARGEST_TABLE:
            return super().table(lambda: (block, messages, blank_finish), parser_class)  # type: ignore[no-untyped-call]
        self.inliner.meter.outcome.keep_plain(self.state_machine.abs_line_number() - len(block) + 1)
        text = "\n".join(block)
        return [nodes.literal_block(text, text)], blank_finish


def _bounded_inliner(meter: _Meter) -> Any:
    """Parser of inline markup, shared by all states of one parse. A subclass would not do: its class is looked at."""
    inliner: Any = states.Inliner()
    inliner.meter = meter
    parse = inliner.parse

    def parse_bounded(
        text: str, lineno: int, *args: Any
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if len(text) > LONGEST_PARAGRAPH:
            meter.outcome.keep_plain(lineno)
            return [nodes.Text(text)], []
        found, messages = parse(text, lineno, *args)
        meter.count(len(found) + len(messages))
        return found, messages

    inliner.parse = parse_bounded
    return inliner


class _BoundedParser(Parser):
    """Ends where there is too much markup; what was read until then is the document."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.state_classes = _STATES
        self.outcome = outcome

    def parse(self, inputstring: str, document: nodes.document) -> None:
        meter = _Meter(self.outcome, document)
        self.inliner = _bounded_inliner(meter)
        for name, method in meter.methods.items():
            setattr(document, name, method)
        try:
            super().parse(_without_long_lines(inputstring, self.outcome), document)
        except StopError as stop:
            # a block that was being read may not be in the document
            shown = max((node.line or 0 for node in document.findall()), default=0)
            self.outcome.cut_at(shown + 1, stop.reason)
            self.finish_parse()
        finally:
            for name in meter.methods:
                delattr(document, name)


def _without_long_lines(text: str, outcome: Outcome) -> str:
    """All up to the first line that is too long: with one of these docutils reads nothing at all."""
    lines = text.splitlines()
    for row, line in enumerate(lines):
        if len(line.expandtabs()) > LONGEST_PARAGRAPH:
            outcome.cut_at(row + 1, LONG_LINE)
            return "\n".join(lines[:row])
    return text


_STATES: Final = tuple(
    type(state.__name__, (_BoundedBody if issubclass(state, states.Body) else _BoundedState, state), {})
    for state in states.state_classes
)
"""All states, bounded; the parser finds them by their names."""


class _CodeBlock(Directive):
    """``code-block`` and its synonyms, with whatever options they were given."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        language = self.arguments[0] if self.arguments else "none"
        text = "\n".join(self.content)
        return [nodes.literal_block(text, text, language=language)]


class _Nothing(Directive):
    """A directive that a README has no use for here."""

    optional_arguments = 1_000
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        return []


_ADMONITIONS = {
    name: getattr(admonitions, name.capitalize())
    for name in ("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning")
}
_DIRECTIVES: dict[str, type[Directive]] = {
    **_ADMONITIONS,
    "admonition": admonitions.Admonition,
    "code": _CodeBlock,
    "code-block": _CodeBlock,
    "sourcecode": _CodeBlock,
    "epigraph": body.Epigraph,
    "highlights": body.Highlights,
    "list-table": tables.ListTable,
    "pull-quote": body.PullQuote,
    "table": tables.RSTTable,
}


class _HarmlessMarkup(CustomReSTDispatcher):
    """Offers the directives above and turns every role into its text."""

    def directive(self, directive_name: str, _language: Any, _document: nodes.document) -> Any:
        return _DIRECTIVES.get(directive_name.lower(), _Nothing), []

    def role(self, _role_name: str, _language: Any, _lineno: int, _reporter: Any) -> Any:
        return _text_role, []


def _text_role(
    _role: str, _rawtext: str, text: str, *_args: Any, **_options: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    title = text.partition("<")[0].strip() or text
    title = title.rpartition(".")[2] if title.startswith("~") else title.lstrip("!")
    return [nodes.literal(title, title)], []
