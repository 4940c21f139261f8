"""Objective-C against libclang, the parser of Clang (``pip install libclang``), without any header.

What headers would say is told by macros that stand for nothing, and by declarations of the names that Clang calls unknown.
All branches of conditionals are read, as our parser reads them. Definitions are those of Objective-C alone: what it has of
C is read as C is.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from importlib import metadata
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.engine.corpora import GitHub
from benchmarks.accuracy.engine.protocol import Fact, Reading, Row, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sphinx_repodoc.core.model import Facts

_KINDS = {
    "OBJC_INTERFACE_DECL": "interface",
    "OBJC_CATEGORY_DECL": "category",
    "OBJC_PROTOCOL_DECL": "protocol",
    "OBJC_IMPLEMENTATION_DECL": "implementation",
    "OBJC_CATEGORY_IMPL_DECL": "implementation",
    "OBJC_INSTANCE_METHOD_DECL": "method",
    "OBJC_CLASS_METHOD_DECL": "method",
    "OBJC_PROPERTY_DECL": "property",
    "OBJC_IVAR_DECL": "ivar",
}
_OWN = frozenset({"extension", *_KINDS.values()})
_CONTAINERS = _OWN - {"method", "property", "ivar"}
_DIRECTIVE = re.compile(
    r"^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif|else|endif|import|include)\b(?:[^\\\n]|\\.|\\\n)*", re.MULTILINE
)
_PRELUDE = """
#define NS_ASSUME_NONNULL_BEGIN
#define NS_ASSUME_NONNULL_END
#define RLM_HEADER_AUDIT_BEGIN(...)
#define RLM_HEADER_AUDIT_END(...)
#define NS_ENUM(type, name) enum name : type name; enum name : type
#define NS_OPTIONS(type, name) enum name : type name; enum name : type
#define NS_CLOSED_ENUM(type, name) enum name : type name; enum name : type
#define RLM_CLOSED_ENUM(type, name) enum name : type name; enum name : type
#define RLM_ERROR_ENUM(type, name, domain) enum name : type name; enum name : type
#define NS_INLINE static inline
#define FOUNDATION_EXPORT extern
#define FOUNDATION_EXTERN extern
#define UIKIT_EXTERN extern
#define OBJC_EXTERN extern
#define IBAction void
#define IBInspectable
#define IBOutlet
#define FOUNDATION_STATIC_INLINE static inline
#define __unused
#define cg_nullable
#define RLM_COLLECTION_TYPE(...)
@protocol NSObject @end
@protocol NSCopying @end
@protocol NSFastEnumeration @end
@interface NSObject <NSObject> @end
@interface NSArray<__covariant T> : NSObject @end
@interface NSMutableArray<T> : NSArray<T> @end
@interface NSSet<__covariant T> : NSObject @end
@interface NSMutableSet<T> : NSSet<T> @end
@interface NSOrderedSet<__covariant T> : NSObject @end
@interface NSEnumerator<T> : NSObject @end
@interface NSHashTable<T> : NSObject @end
@interface NSDictionary<__covariant K, __covariant V> : NSObject @end
@interface NSMutableDictionary<K, V> : NSDictionary<K, V> @end
@interface NSCache<K, V> : NSObject @end
@interface NSMapTable<K, V> : NSObject @end
typedef signed char BOOL;
typedef long NSInteger;
typedef unsigned long NSUInteger;
typedef double CGFloat;
typedef double NSTimeInterval;
"""
_NOTHING = re.compile(
    r"\b((?:NS|API|AF_API|RLM|CF|SD|UI|XCT|IB|AS|CA)_(?:SWIFT|AVAILABLE|UNAVAILABLE|DEPRECATED|DESIGNATED|REQUIRES|NOESCAPE"
    r"|RETURNS|REFINED|FORMAT|TYPED|STRING_ENUM|EXTENSIBLE|TO_BE|APPEARANCE|FINAL|HIDDEN|DIRECT|CLASS|ROOT|GENERIC"
    r"|SENDABLE|EXTENSION)\w*)\b(\s*\()?"
)
"""Macros of Apple and of the corpora that stand for attributes."""
_UNKNOWN = (
    (re.compile(r"unknown type name '(\w+)'"), ""),
    (re.compile(r"cannot find interface declaration for '(\w+)'"), "@interface {0} @end"),
    (re.compile(r"cannot define category for undefined class '(\w+)'"), "@interface {0} @end"),
    (re.compile(r"no type or protocol named '(\w+)'"), "@protocol {0} @end"),
    (re.compile(r"cannot find protocol declaration for '(\w+)'"), "@protocol {0} @end"),
)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_BORDER = "// The file begins on the next line."
_ROUNDS = 8
_KEEP_GOING_AND_SKIP_BODIES = 0x200 | 0x40


def _clang() -> Any:
    try:
        return importlib.import_module("clang.cindex")
    except ImportError as error:
        raise Unavailable("libclang is not installed.") from error


def _tool() -> str:
    _clang()
    return f"libclang {metadata.version('libclang')}"


def read_files(files: Sequence[Path]) -> Iterator[Reading]:
    clang = _clang()
    index = clang.Index.create()
    for path in files:
        text = _DIRECTIVE.sub(_as_lines, path.read_text("utf-8", errors="replace"))
        try:
            unit, whole = _parse(index, text, "objective-c++" if path.suffix == ".mm" else "objective-c")
        except clang.TranslationUnitLoadError as error:
            # It crashes in some files that have errors.
            yield Reading(path=path, error=str(error))
            continue
        errors = [each for each in unit.diagnostics if each.severity >= _ERROR and _is_syntax(each.spelling)]
        if errors:
            first = f"{errors[0].spelling}"
            yield Reading(path=path, error=first)
        else:
            yield Reading(path=path, facts=Counter(_facts(unit.cursor, whole)))


_ERROR = 3
_SYNTAX = re.compile(
    r"^expected|unexpected|missing '@end'|extraneous|missing context|must appear|must be followed|unterminated"
)


def _is_syntax(message: str) -> bool:
    return _SYNTAX.search(message) is not None


def _as_lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _parse(index: Any, text: str, language: str) -> tuple[Any, bytes]:
    """The unit of a text, with what it does not know declared before it."""
    known = [
        f"#define {name}{'(...)' if call else ''}"
        for name, call in sorted(dict(_NOTHING.findall(text)).items())
    ]
    arguments = ["-x", language, "-target", "arm64-apple-ios15.0", "-ferror-limit=0"]
    for _ in range(_ROUNDS):
        whole = "\n".join([_PRELUDE, *known, _BORDER, text])
        files = [("file.m", whole)]
        unit = index.parse("file.m", args=arguments, unsaved_files=files, options=_KEEP_GOING_AND_SKIP_BODIES)
        wanted = dict.fromkeys(
            each for one in unit.diagnostics if (each := _declaration(one, whole.encode()))
        )
        new = [each for each in wanted if each not in known]
        if not new:
            break
        known += new
    return unit, whole.encode()


def _declaration(said: Any, text: bytes) -> str:
    """What declares the name that a message is about."""
    for pattern, form in _UNKNOWN:
        if found := pattern.search(said.spelling):
            return form.format(found[1]) if form else _type(found[1], text)
    word = _word_at(text, said.location.offset) if said.spelling == "expected a type" else ""
    return _type(word, text) if word else ""


def _type(name: str, text: bytes) -> str:
    """A class when there is a pointer to it, for a class cannot be passed by value."""
    pointer = re.search(
        rb"\b%s(?:\s+(?:const|_Nullable|_Nonnull))?\s*(?:<[^;{}]*>\s*)?\*" % name.encode(), text
    )
    return f"@class {name};" if pointer else f"typedef void *{name};"


def _word_at(text: bytes, offset: int) -> str:
    found = _WORD.match(text, offset)
    return found[0].decode() if found else ""


def _facts(top: Any, text: bytes) -> Iterator[Fact]:
    border = text.index(_BORDER.encode())
    before = text.count(b"\n", 0, border) + 1
    todo = [("", top)]
    while todo:
        scope, above = todo.pop()
        for node in above.get_children():
            kind = _KINDS.get(node.kind.name, "")
            if node.location.offset < border:
                continue
            if not kind:
                if node.kind.name in {"NAMESPACE", "LINKAGE_SPEC", "UNEXPOSED_DECL"}:
                    todo.append((scope, node))
                continue
            name = node.spelling
            if kind in _CONTAINERS:
                inner = name
                if "CATEGORY" in node.kind.name:
                    owner = _word_at(text, node.location.offset)
                    kind = "extension" if not name and kind == "category" else kind
                    inner = f"{owner}({name})" if name else owner
                    name = f"{owner}({name})"
                todo.append((inner, node))
                yield Fact("definition", name, kind, node.location.line - before)
            elif kind != "method" or not _is_accessor(node, above):
                yield Fact("definition", f"{scope}.{name}", kind, node.location.line - before)


def _is_accessor(node: Any, above: Any) -> bool:
    """Whether a method is only there for a property, or for what is synthesized."""
    places = {
        each.location.offset
        for each in above.get_children()
        if each.kind.name in {"OBJC_PROPERTY_DECL", "OBJC_SYNTHESIZE_DECL", "OBJC_DYNAMIC_DECL"}
    }
    return node.location.offset in places


def facts_of(found: Facts) -> Iterator[Fact]:
    for symbol in found.symbols:
        if symbol.kind in _OWN and "::" not in symbol.qualname:
            yield Fact("definition", symbol.qualname, symbol.kind, symbol.line)


ROWS = tuple(
    Row(
        language=language,
        suffixes=suffixes,
        tool=_tool,
        corpora=corpora,
        authority=read_files,
        facts=facts_of,
        measures=("definition",),
    )
    for language, suffixes, corpora in (
        (
            "objc",
            (".m", ".h"),
            (
                GitHub(
                    package="AFNetworking/AFNetworking", version="d9f589cc2c1fe9d55eb5eea00558010afea7a41e"
                ),
                GitHub(package="SDWebImage/SDWebImage", version="36e79ba485e9bb4d3cd4e3318908866dac5e7b51"),
            ),
        ),
        (
            "objcpp",
            (".mm",),
            (GitHub(package="realm/realm-swift", version="c22f9303d446fc3c044e4c151ed19597464b6bd7"),),
        ),
    )
)
