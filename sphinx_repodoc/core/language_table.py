"""The tables of :mod:`~sphinx_repodoc.core.languages`: languages, and names of files that say theirs.

A row is ``name|title|Pygments lexer``, with a second lexer for versions of Pygments
that lack the first. Languages without a row have the name that Pygments gives them.
"""

from __future__ import annotations

CODE = """
python|Python|python
cython|Cython|cython
starlark|Starlark|python
javascript|JavaScript|jsx
typescript|TypeScript|typescript
tsx|TSX|tsx typescript
vue|Vue|vue html
svelte|Svelte|html
astro|Astro|html
go|Go|go
rust|Rust|rust
java|Java|java
kotlin|Kotlin|kotlin
scala|Scala|scala
groovy|Groovy|groovy
c|C|c
cpp|C++|cpp
cuda|CUDA|cuda
objc|Objective-C|objective-c
objcpp|Objective-C++|objective-c++
csharp|C#|csharp
fsharp|F#|fsharp
vbnet|Visual Basic .NET|vb.net
swift|Swift|swift
ruby|Ruby|ruby
php|PHP|php
perl|Perl|perl
raku|Raku|perl6
lua|Lua|lua
r|R|r
julia|Julia|julia
matlab|MATLAB|matlab
fortran|Fortran|fortran
haskell|Haskell|haskell
literate-haskell|Literate Haskell|literate-haskell
ocaml|OCaml|ocaml
erlang|Erlang|erlang
elixir|Elixir|elixir
clojure|Clojure|clojure
dart|Dart|dart
zig|Zig|zig
nim|Nim|nim
pascal|Pascal|delphi
ada|Ada|ada
d|D|d
prolog|Prolog|prolog
scheme|Scheme|scheme
common-lisp|Common Lisp|common-lisp
emacs-lisp|Emacs Lisp|emacs-lisp
tcl|Tcl|tcl
awk|AWK|awk
sed|sed|sed
bash|Shell|bash
tcsh|C shell|tcsh
fish|fish|fish
nushell|Nushell|text
powershell|PowerShell|powershell
batch|Batch file|batch
vim|Vim script|vim
applescript|AppleScript|applescript
asm|Assembly|gas
verilog|Verilog|verilog
systemverilog|SystemVerilog|systemverilog
vhdl|VHDL|vhdl
v|V|v
coq|Coq|coq
lean|Lean|lean
glsl|GLSL|glsl
hlsl|HLSL|hlsl
metal|Metal|cpp
sql|SQL|sql
solidity|Solidity|solidity
proto|Protocol Buffers|protobuf
thrift|Thrift|thrift
graphql|GraphQL|graphql
cmake|CMake|cmake
make|Make|make
dockerfile|Dockerfile|docker
meson|Meson|meson
gn|GN|python
just|Just|make
nix|Nix|nix
terraform|Terraform|terraform
hcl|HCL|hcl
bitbake|BitBake|bitbake bash
puppet|Puppet|puppet
qml|QML|qml
vala|Vala|vala
coffee|CoffeeScript|coffeescript
crystal|Crystal|crystal
gherkin|Gherkin|gherkin
robot|Robot Framework|robotframework
jsonnet|Jsonnet|jsonnet
m4|M4|text
modelica|Modelica|modelica
rebol|REBOL|rebol
"""

MARKUP = """
markdown|Markdown|markdown
rst|reStructuredText|rst
asciidoc|AsciiDoc|text
org|Org|org text
tex|LaTeX|tex
bib|BibTeX|bibtex
groff|roff|groff
html|HTML|html
xml|XML|xml
dtd|DTD|dtd
xsl|XSLT|xslt
css|CSS|css
scss|SCSS|scss
sass|Sass|sass
less|Less|less
stylus|Stylus|text
jinja|Jinja|html+jinja
mustache|Mustache|html
erb|ERB|erb
pug|Pug|pug
twig|Twig|html+twig
liquid|Liquid|liquid
postscript|PostScript|postscript
plantuml|PlantUML|text
"""

DATA = """
json|JSON|json
json5|JSON5|json5 javascript
jupyter|Jupyter notebook|json
yaml|YAML|yaml
toml|TOML|toml
ini|INI|ini
properties|Java properties|properties
dotenv|Environment variables|bash
csv|CSV|text
tsv|TSV|text
po|gettext catalogue|po
diff|Diff|diff
gomod|Go module|text
gosum|Go checksums|text
gitignore|Ignore rules|text
gitattributes|Git attributes|text
codeowners|Code owners|text
pem|PEM|text
textproto|Text protobuf|text
"""

TEXT = """
text|Text|text
"""

BINARY = """
png|PNG image|text
jpeg|JPEG image|text
gif|GIF image|text
webp|WebP image|text
avif|AVIF image|text
bitmap|Bitmap image|text
tiff|TIFF image|text
icon|Icon|text
icns|Icon|text
pdf|PDF document|text
zip|ZIP archive|text
jar|Java archive|text
wheel|Python wheel|text
egg|Python egg|text
gzip|Gzip archive|text
bzip2|Bzip2 archive|text
xz|XZ archive|text
zstd|Zstandard archive|text
7z|7-Zip archive|text
tar|Tar archive|text
font|Font|text
audio|Audio|text
video|Video|text
mo|Compiled gettext catalogue|text
bytecode|Python bytecode|text
pickle|Python pickle|text
numpy|NumPy array|text
sqlite|SQLite database|text
executable|Executable|text
object|Object code|text
binary|Binary file|text
"""

TAGS = """
c++=cpp c#=csharp f#=fsharp objective-c=objc objective-c++=objcpp ts=typescript jsx=javascript
pyi=python gyp=python scons=python wsgi=python makefile=make plain-text=text pofile=po shell=bash
csh=tcsh tcsh=tcsh fish=fish bazel=starlark tiltfile=starlark java-properties=properties
system-verilog=systemverilog go-mod=gomod go-sum=gosum gitmodules=ini dockerignore=gitignore
editorconfig=ini plist=xml svg=xml mdx=markdown myst=markdown quarto=markdown handlebars=mustache
nunjucks=jinja jade=pug eps=postscript adobe-illustrator=pdf eot=font otf=font ttf=font woff=font
woff2=font wav=audio swf=video vb=vbnet scheme=scheme gemfile-lock=text manifest=text idl=idl
apinotes=yaml salt=yaml cylc=ini header= inc= map= def= spec= icalendar=text pem=pem p12=binary
asar=binary fits=binary ggb=zip pyz=zip piskel=json relax-ng=xml
"""
"""identify's tag = our name, where they differ; nothing behind the sign means: look at the content."""

NAMES = """
go.work=gomod CODEOWNERS=codeowners Kbuild=make Doxyfile=ini .clangd=yaml .gitkeep=text .keep=text
py.typed=text PKG-INFO=text METADATA=text RECORD=csv MANIFEST.in=text Procfile=text VERSION=text
version.txt=text robots.txt=text yarn.lock=text Podfile=ruby Appfile=ruby Guardfile=ruby Justfile=just
justfile=just .npmrc=ini .netrc=text .python-version=text .nvmrc=text .ruby-version=text
.tool-versions=text .mailmap=text .git-blame-ignore-revs=text .hgignore=gitignore .hgtags=text
.eslintrc=json .prettierrc=yaml .stylelintrc=json .swcrc=json .luacheckrc=lua .vimrc=vim .emacs=emacs-lisp
.Rprofile=r .pylintrc=ini .eslintignore=gitignore .stylelintignore=gitignore .helmignore=gitignore
.gcloudignore=gitignore .flake8=ini .style.yapf=ini .sphinx=text CITATION.cff=yaml WORKSPACE.bazel=starlark
MODULE.bazel=starlark BUCK=starlark conanfile.txt=ini composer.lock=json flake.lock=json deno.lock=json
Package.resolved=json INSTALL=text CHANGES=text HISTORY=text TODO=text THANKS=text CREDITS=text HACKING=text
UNLICENSE=text Changelog=text ChangeLog=text CONTRIBUTORS=text RELEASE=text BUGS=text FAQ=text COPYRIGHT=text
requirements.in=text Kconfig=kconfig Cargo.lock=toml pdm.lock=toml uv.lock=toml poetry.lock=toml pylock.toml=toml configure.ac=m4 configure.in=m4
"""

SUFFIXES = """
f=fortran for=fortran ftn=fortran f77=fortran cl=common-lisp lisp=common-lisp lsp=common-lisp el=emacs-lisp
pyx.in=cython py-tpl=python pyt=python py3=python sage=python mts=typescript cts=typescript es6=javascript
cuh=cuda c=c h++=cpp hp=cpp tcc=cpp txx=cpp ipp=cpp tpp=cpp inl=cpp ixx=cpp mpp=cpp cppm=cpp cp=cpp C=cpp
mm=objcpp rbs=ruby rbi=ruby podspec=ruby gemspec=ruby pot=po mo=mo yml=yaml cff=yaml clang-format=yaml
jsonl=json ndjson=json jsonc=json webmanifest=json avsc=json arb=json har=json code-workspace=json
ipynb=jupyter gql=graphql graphqls=graphql dockerfile=dockerfile containerfile=dockerfile mak=make am=make ac=m4 vert=glsl frag=glsl
geom=glsl comp=glsl tesc=glsl tese=glsl glsl=glsl pas=pascal dpr=pascal adb=ada ads=ada pro=prolog
asm=asm nasm=asm S=asm ll=llvm mlir=text td=tablegen bzl=starlark bazel=starlark star=starlark sky=starlark
service=ini timer=ini socket=ini desktop=ini mount=ini target=ini reg=ini repo=ini po=po svg=xml xib=xml
storyboard=xml ui=xml qrc=xml nuspec=xml resx=xml sln=text rc=text log=text out=text lst=text
readme=text license=text typed=text gn=gn gni=gn just=just qss=css ejs=html gotmpl=text cue=text tmLanguage=xml plist=xml htm=html xhtml=html thtml=html ps=postscript
tex=tex ltx=tex bbl=tex sty=tex cls=tex bst=tex man=groff org=org adoc=asciidoc asc=asciidoc
rest=rst restx=rst mkd=markdown mdown=markdown mdc=markdown Rmd=markdown rmd=markdown qmd=markdown
bat=batch cmd=batch psm1=powershell ksh=bash zsh=bash dash=bash ebuild=bash env=dotenv mp3=audio flac=audio
ogg=audio m4a=audio aac=audio mid=audio mp4=video webm=video mov=video avi=video mkv=video mpg=video heic=avif
xz=xz lzma=xz zst=zstd 7z=7z rar=7z egg=egg nupkg=zip apk=zip docx=zip xlsx=zip pptx=zip odt=zip ods=zip
odp=zip epub=zip npz=zip pyc=bytecode pyo=bytecode pyd=object so=object dylib=object dll=object a=object
lib=object o=object obj=object ko=object wasm=object class=object exe=executable bin=binary dat= db=
psql=sql pgsql=sql ddl=sql pks=sql pkb=sql sqlite=sqlite sqlite3=sqlite pickle=pickle pkl=pickle npy=numpy pt=binary pth=binary onnx=binary
safetensors=binary parquet=binary h5=binary hdf5=binary gpg=binary sig= shp=binary shx=binary dbf=binary
mmdb=binary jks=binary keystore=binary psd=binary ttc=font pfb=font doc=binary xls=binary ppt=binary
"""
"""Suffix = our name. Overrides identify and Pygments; nothing behind the sign means: look at the content.

A suffix is tried as it is written first, then in lower case.
"""

INTERPRETERS = """
uv=python pypy=python pypy3=python ipython=python jython=python pythonw=python deno=typescript bun=typescript
tsx=typescript ts-node=typescript rscript=r littler=r lua=lua luajit=lua texlua=lua tclsh=tcl wish=tcl
make=make gmake=make gawk=awk mawk=awk nawk=awk sed=sed groovy=groovy julia=julia guile=scheme
osascript=applescript pwsh=powershell powershell=powershell perl6=raku raku=raku elixir=elixir
runghc=haskell runhaskell=haskell stack=haskell ocaml=ocaml swift=swift kotlin=kotlin kotlinc=kotlin
scala=scala busybox=bash mksh=bash oksh=bash rbash=bash crystal=crystal dart=dart nix-shell=nix jruby=ruby
expect=tcl sbcl=common-lisp clisp=common-lisp emacs=emacs-lisp bb=clojure clojure=clojure java=java
php8=php cmake=cmake just=just
"""

_TEMPLATES = """
in j2 jinja jinja2 tmpl template tpl mako example sample dist default orig bak old erb
"""
TEMPLATES = frozenset(_TEMPLATES.split())
"""Suffixes behind which a file is still what the suffix before them says."""


def read_pairs(table: str) -> dict[str, str]:
    """Pairs of one of the tables above."""
    return dict(pair.split("=", 1) for pair in table.split())
