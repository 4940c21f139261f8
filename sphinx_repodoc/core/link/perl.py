"""Perl's ``use`` and ``require`` to files below the folders of libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.dotted import Dotted, make_dotted_linker
from sphinx_repodoc.core.link.index import read_requirements
from sphinx_repodoc.core.link.paths import PathRule
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Linker

_RULE = PathRule(
    suffixes=(".pm", ".pl"),
    above=True,
    roots=("lib", "t/lib", "t", "inc", "blib/lib"),
    anywhere=True,
    only_below_roots=True,
)
# Of Perl 5.36, with those that were removed since 5.10
_MODULES = """
    AnyDBM_File Archive::Extract Archive::Tar Attribute::Handlers AutoLoader AutoSplit B B::Concise B::Debug
    B::Deparse Benchmark CGI CPAN Carp Class::ISA Class::Struct Compress::Raw::Bzip2 Compress::Raw::Zlib
    Compress::Zlib Config Cwd DB DBM_Filter Data::Dumper Devel::DProf Devel::PPPort Devel::Peek
    Devel::SelfStubber Digest Digest::MD5 Digest::SHA Digest::base Digest::file DirHandle Dumpvalue
    DynaLoader Encode English Env Errno Exporter Fatal Fcntl File::Basename File::CheckTree File::Compare
    File::Copy File::DosGlob File::Fetch File::Find File::Glob File::GlobMapper File::Path File::Spec
    File::Spec::Functions File::Spec::Unix File::Spec::Win32 File::Temp File::stat FileCache FileHandle
    Filter::Simple Filter::Util::Call FindBin GDBM_File Getopt::Long Getopt::Std HTTP::Tiny Hash::Util
    Hash::Util::FieldHash I18N::Collate I18N::LangTags I18N::Langinfo IO IO::Dir IO::File IO::Handle
    IO::Pipe IO::Poll IO::Seekable IO::Select IO::Socket IO::Socket::INET IO::Socket::IP IO::Socket::UNIX
    IO::Zlib IPC::Cmd IPC::Msg IPC::Open2 IPC::Open3 IPC::Semaphore IPC::SharedMem IPC::SysV JSON::PP
    List::Util Locale::Maketext MIME::Base64 MIME::QuotedPrint Math::BigFloat Math::BigInt Math::BigRat
    Math::Complex Math::Trig Memoize Module::Build Module::CoreList Module::Load Module::Load::Conditional
    Module::Loaded Module::Metadata Module::Pluggable NDBM_File NEXT Net::Cmd Net::Config Net::Domain
    Net::FTP Net::NNTP Net::Netrc Net::POP3 Net::Ping Net::SMTP Net::Time Net::hostent Net::netent
    Net::protoent Net::servent O ODBM_File Opcode POSIX Params::Check Parse::CPAN::Meta Perl::OSType
    SDBM_File Safe Scalar::Util Search::Dict SelectSaver SelfLoader Shell Socket Storable Sub::Util Switch
    Symbol Sys::Hostname Sys::Syslog Term::ANSIColor Term::Cap Term::Complete Term::ReadLine Term::UI Test
    Test::Builder Test::Builder::Module Test::Builder::Tester Test::Harness Test::More Test::Simple
    Test::Tester Text::Abbrev Text::Balanced Text::ParseWords Text::Soundex Text::Tabs Text::Wrap Thread
    Thread::Queue Thread::Semaphore Tie::Array Tie::File Tie::Handle Tie::Hash Tie::Memoize Tie::RefHash
    Tie::Scalar Tie::StdHandle Tie::SubstrHash Time::HiRes Time::Local Time::Piece Time::Seconds
    Time::gmtime Time::localtime Time::tm UNIVERSAL User::grent User::pwent Win32 XSLoader
    attributes autodie autouse base bigfloat bigint bignum bigrat blib builtin bytes charnames constant
    deprecate diagnostics encoding experimental feature fields filetest if integer less lib locale mro ok
    open ops overload overloading parent perlfaq re sigtrap sort stable strict subs threads
    threads::shared utf8 vars version vmsish warnings warnings::register
"""
STANDARD_MODULES = frozenset(_MODULES.split())
_FAMILIES = (
    *("CPAN::Meta", "Encode::", "ExtUtils::", "IO::Compress::", "IO::Uncompress::", "PerlIO::", "Pod::"),
    *("TAP::", "Test2::", "Unicode::"),
)


def _is_standard(module: str) -> bool:
    """Versions of the language are asked for as modules are."""
    return module in STANDARD_MODULES or module.startswith(_FAMILIES) or module.lstrip("v")[:1].isdigit()


def _names(module: str) -> Iterator[str]:
    parts = module.split("::")
    yield from ("::".join(parts[:end]) for end in range(len(parts), 0, -1))


_DOTTED = Dotted(separator="::", paths=frozenset({"do"}), standard=_is_standard, names=_names)


def make_perl_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.CPAN, lambda name: [name.replace("-", "::")])
    return make_dotted_linker(index, _DOTTED, _RULE, requirements, Ecosystem.CPAN)
