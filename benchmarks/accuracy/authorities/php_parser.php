<?php
// Definitions and imports of PHP files, as nikic/PHP-Parser sees them.
//
// Reads paths from standard input and prints an object of JSON for each.

require 'PhpParser/autoload.php';

use PhpParser\Node;
use PhpParser\Node\Expr;
use PhpParser\Node\Scalar\Encapsed;
use PhpParser\Node\Scalar\String_;
use PhpParser\Node\Stmt;

final class Walk
{
    private const INCLUDES = [1 => 'include', 2 => 'include_once', 3 => 'require', 4 => 'require_once'];
    private const USES = [1 => 'use', 2 => 'use function', 3 => 'use const'];

    public array $facts = [];
    private string $space = '';

    public function __construct(private string $text) {}

    private function define(string $around, string $joint, Node|string $name, string $kind, Node $place): void
    {
        $name = (string) $name;
        $full = $around === '' ? $name : $around . $joint . $name;
        $this->facts[] = ['definition', $full, $kind, $place->getStartLine()];
    }

    private function import(string $text, string $form, Node $place): void
    {
        $this->facts[] = ['import', preg_replace('/\s+/', '', $text), $form, $place->getStartLine()];
    }

    /** @param string $around the class around a node, or the function around an anonymous one */
    public function visit(mixed $node, string $around = ''): void
    {
        if (is_array($node)) {
            foreach ($node as $each) {
                $this->visit($each, $around);
            }
        }
        if (!$node instanceof Node) {
            return;
        }
        if ($node instanceof Stmt\Namespace_) {
            $this->space = (string) $node->name;
            if ($node->name !== null) {
                $this->define('', '', $node->name, 'namespace', $node->name);
            }
        }
        $inner = $this->scope($node, $around);
        foreach ($node->getSubNodeNames() as $name) {
            $this->visit($node->$name, $inner);
        }
    }

    /** Notes what a node defines; the name that it lends to the nodes inside. */
    private function scope(Node $node, string $around): string
    {
        $space = $this->space;
        $full = fn($name) => ltrim($space . '\\' . $name, '\\');
        switch (true) {
            case $node instanceof Stmt\ClassLike && $node->name === null:
                return ltrim(($around === '' ? $space : $around) . '\\class@anonymous', '\\');
            case $node instanceof Stmt\ClassLike:
                $kind = strtolower(rtrim((new ReflectionClass($node))->getShortName(), '_'));
                $this->define($space, '\\', $node->name, $kind, $node->name);
                return $full($node->name);
            case $node instanceof Stmt\Function_:
                $this->define($space, '\\', $node->name, 'function', $node->name);
                return $full($node->name);
            case $node instanceof Stmt\ClassMethod:
                $this->define($around, '::', $node->name, 'method', $node->name);
                foreach ($node->params as $param) {
                    if ($param->flags !== 0) {
                        $this->define($around, '::$', $param->var->name, 'property', $param->var);
                    }
                }
                return $around . '::' . $node->name;
            case $node instanceof Stmt\EnumCase:
                $this->define($around, '::', $node->name, 'case', $node->name);
                break;
            case $node instanceof Stmt\PropertyProperty:
                $this->define($around, '::$', $node->name, 'property', $node->name);
                break;
            case $node instanceof Stmt\ClassConst:
                foreach ($node->consts as $const) {
                    $this->define($around, '::', $const->name, 'constant', $const->name);
                }
                break;
            case $node instanceof Stmt\Const_:
                foreach ($node->consts as $const) {
                    $this->define($space, '\\', $const->name, 'constant', $const->name);
                }
                break;
            case $node instanceof Stmt\Use_:
            case $node instanceof Stmt\GroupUse:
                $prefix = $node instanceof Stmt\GroupUse ? $node->prefix . '\\' : '';
                foreach ($node->uses as $use) {
                    $alias = $use->alias === null ? '' : ' as ' . $use->alias;
                    $form = self::USES[$use->type ?: $node->type];
                    $this->import($prefix . $use->name . $alias, $form, $use);
                }
                break;
            case $node instanceof Expr\Include_:
                $this->include($node);
                break;
            case $node instanceof Expr\FuncCall:
                $this->call($node);
        }
        return $around;
    }

    private function include(Expr\Include_ $node): void
    {
        $path = $node->expr;
        $from = $path->getAttribute('startFilePos');
        $text = substr($this->text, $from, $path->getAttribute('endFilePos') + 1 - $from);
        if ($path instanceof String_ || $path instanceof Encapsed) {
            $text = substr($text, 1, -1);
        } elseif (!str_contains($text, "'") && !str_contains($text, '"')) {
            return;
        }
        $this->import($text, self::INCLUDES[$node->type], $node);
    }

    private function call(Expr\FuncCall $node): void
    {
        $first = $node->args[0]->value ?? null;
        if ($node->name instanceof Node\Name && ltrim((string) $node->name, '\\') === 'define' && $first instanceof String_) {
            $this->define('', '', $first->value, 'constant', $first);
        }
    }
}

if (($argv[1] ?? '') === '--version') {
    echo 'nikic/PHP-Parser 4 on PHP ', PHP_VERSION, "\n";
    exit;
}
$attributes = ['startLine', 'endLine', 'startFilePos', 'endFilePos'];
$lexer = new PhpParser\Lexer\Emulative(['usedAttributes' => $attributes]);
$parser = (new PhpParser\ParserFactory())->create(PhpParser\ParserFactory::ONLY_PHP7, $lexer);
while (($path = fgets(STDIN)) !== false) {
    $path = rtrim($path, "\n");
    $text = file_get_contents($path);
    try {
        $walk = new Walk($text);
        $walk->visit($parser->parse($text));
        echo json_encode(['path' => $path, 'facts' => $walk->facts], JSON_THROW_ON_ERROR), "\n";
    } catch (PhpParser\Error | JsonException $error) {
        echo json_encode(['path' => $path, 'error' => $error->getMessage()], JSON_INVALID_UTF8_SUBSTITUTE), "\n";
    }
}
