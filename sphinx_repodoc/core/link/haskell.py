"""Haskell's modules to files below the source folders that packages name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.dotted import Dotted, make_dotted_linker
from sphinx_repodoc.core.link.index import read_requirements
from sphinx_repodoc.core.link.paths import PathRule
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index, Linker

_RULE = PathRule(
    suffixes=(".hs", ".lhs", ".hsc", ".chs", ".x", ".y"),
    above=True,
    roots=("src", "lib", "app", "test", "tests", "bench"),
    anywhere=True,
    only_below_roots=True,
)
# Of base 4.20
_MODULES = """
    Control.Applicative Control.Arrow Control.Category Control.Concurrent Control.Concurrent.Chan
    Control.Concurrent.MVar Control.Concurrent.QSem Control.Concurrent.QSemN Control.Exception
    Control.Exception.Base Control.Monad Control.Monad.Fail Control.Monad.Fix Control.Monad.IO.Class
    Control.Monad.Instances Control.Monad.ST Control.Monad.ST.Lazy Control.Monad.ST.Strict
    Control.Monad.ST.Unsafe Control.Monad.Zip Data.Array.Byte Data.Bifoldable Data.Bifunctor
    Data.Bitraversable Data.Bits Data.Bool Data.Char Data.Coerce Data.Complex Data.Data Data.Dynamic
    Data.Either Data.Eq Data.Fixed Data.Foldable Data.Function Data.Functor Data.Functor.Classes
    Data.Functor.Compose Data.Functor.Const Data.Functor.Contravariant Data.Functor.Identity
    Data.Functor.Product Data.Functor.Sum Data.IORef Data.Int Data.Ix Data.Kind Data.List
    Data.List.NonEmpty Data.Maybe Data.Monoid Data.Ord Data.Proxy Data.Ratio Data.STRef Data.STRef.Lazy
    Data.STRef.Strict Data.Semigroup Data.String Data.Traversable Data.Tuple Data.Type.Bool
    Data.Type.Coercion Data.Type.Equality Data.Type.Ord Data.Typeable Data.Unique Data.Version Data.Void
    Data.Word Debug.Trace Foreign Numeric Numeric.Natural Prelude System.CPUTime System.Console.GetOpt
    System.Environment System.Exit System.IO System.IO.Error System.IO.Unsafe System.Info System.Mem
    System.Mem.StableName System.Mem.Weak System.Posix.Internals System.Posix.Types System.Timeout
    Text.ParserCombinators.ReadP Text.ParserCombinators.ReadPrec Text.Printf Text.Read Text.Read.Lex
    Text.Show Text.Show.Functions Type.Reflection Unsafe.Coerce
"""
STANDARD_MODULES = frozenset(_MODULES.split())
_FAMILIES = ("GHC.", "Foreign.")
_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "aeson": ("Data.Aeson",),
    "array": ("Data.Array",),
    "async": ("Control.Concurrent.Async",),
    "attoparsec": ("Data.Attoparsec",),
    "binary": ("Data.Binary",),
    "bytestring": ("Data.ByteString",),
    "conduit": ("Data.Conduit", "Conduit"),
    "containers": (
        "Data.Map",
        "Data.Set",
        "Data.IntMap",
        "Data.IntSet",
        "Data.Sequence",
        "Data.Tree",
        "Data.Graph",
        "Data.Containers",
    ),
    "deepseq": ("Control.DeepSeq",),
    "directory": ("System.Directory",),
    "exceptions": ("Control.Monad.Catch",),
    "filepath": ("System.FilePath", "System.OsPath"),
    "hashable": ("Data.Hashable",),
    "hspec": ("Test.Hspec",),
    "http-client": ("Network.HTTP.Client",),
    "http-types": ("Network.HTTP.Types",),
    "HUnit": ("Test.HUnit",),
    "lens": ("Control.Lens", "Data.Lens"),
    "megaparsec": ("Text.Megaparsec",),
    "mtl": (
        "Control.Monad.State",
        "Control.Monad.Reader",
        "Control.Monad.Writer",
        "Control.Monad.Except",
        "Control.Monad.RWS",
        "Control.Monad.Trans",
        "Control.Monad.Cont",
    ),
    "network": ("Network.Socket",),
    "optparse-applicative": ("Options.Applicative",),
    "parsec": ("Text.Parsec", "Text.ParserCombinators.Parsec"),
    "pretty": ("Text.PrettyPrint",),
    "process": ("System.Process",),
    "QuickCheck": ("Test.QuickCheck",),
    "random": ("System.Random",),
    "servant": ("Servant",),
    "split": ("Data.List.Split",),
    "stm": ("Control.Concurrent.STM", "Control.Monad.STM"),
    "tasty": ("Test.Tasty",),
    "tasty-hunit": ("Test.Tasty.HUnit",),
    "tasty-quickcheck": ("Test.Tasty.QuickCheck",),
    "template-haskell": ("Language.Haskell.TH",),
    "text": ("Data.Text",),
    "time": ("Data.Time",),
    "transformers": ("Control.Monad.Trans", "Control.Applicative.Lift", "Data.Functor.Reverse"),
    "unix": ("System.Posix",),
    "unordered-containers": ("Data.HashMap", "Data.HashSet"),
    "vector": ("Data.Vector",),
    "wai": ("Network.Wai",),
    "warp": ("Network.Wai.Handler.Warp",),
    "yaml": ("Data.Yaml",),
}
"""Package to what its modules begin with: their names seldom say it."""


def _is_standard(module: str) -> bool:
    return module in STANDARD_MODULES or module.startswith(_FAMILIES)


def _names(module: str) -> Iterator[str]:
    parts = module.split(".")
    yield from (".".join(parts[:end]) for end in range(len(parts), 0, -1))


_DOTTED = Dotted(separator=".", paths=frozenset(), standard=_is_standard, names=_names)


def make_haskell_linker(index: Index) -> Linker:
    requirements = read_requirements(
        index.manifests, Ecosystem.HACKAGE, lambda name: _PACKAGES.get(name, (name,))
    )
    return make_dotted_linker(index, _DOTTED, _RULE, requirements, Ecosystem.HACKAGE)
