# Definitions and imports of Perl files, as PPI sees them.
#
# Reads paths from standard input and prints an object of JSON for each.

use strict;
use warnings;

use JSON::PP;
use PPI;

if (@ARGV && $ARGV[0] eq '--version') {
    print 'PPI ', PPI->VERSION, "\n";
    exit;
}

my $json = JSON::PP->new->latin1->canonical;
my (@facts, %seen);

while (my $path = <STDIN>) {
    chomp $path;
    my $document = PPI::Document->new($path);
    if (!$document) {
        print $json->encode({path => $path, error => PPI::Document->errstr || 'unreadable'}), "\n";
        next;
    }
    $document->index_locations;
    @facts = %seen = ();
    walk($document, '', 0);
    print $json->encode({path => $path, facts => \@facts}), "\n";
}

sub fact {
    my ($type, $name, $kind, $element) = @_;
    push @facts, [$type, "$name", "$kind", $element->line_number + 0];
}

# Everything inside a node; the name of the package may change on the way.
sub walk {
    my ($node, $package, $is_sub) = @_;
    for my $child ($node->schildren) {
        if ($child->isa('PPI::Statement::Package')) {
            my $block = $child->find_first(sub { $_[1]->isa('PPI::Structure::Block') && $_[1]->parent == $child });
            my $name = $child->schild(1) or next;
            next if !$child->namespace;
            fact('definition', $name, 'package', $name);
            if ($block) { walk($block, $child->namespace, $is_sub) }
            else        { $package = $child->namespace }
            next;
        }
        my $inner = $is_sub;
        if ($child->isa('PPI::Statement')) {
            statement($child, $package, $is_sub);
            $inner = 1 if $child->isa('PPI::Statement::Sub') && !$child->isa('PPI::Statement::Scheduled');
            $inner = 1 if ref $child eq 'PPI::Statement' && (globbed($child) || awaited($child));
        }
        loaded($child, $is_sub) if $child->isa('PPI::Token::Word');
        walk($child, $package, $inner) if $child->isa('PPI::Node');
    }
}

sub statement {
    my ($statement, $package, $is_sub) = @_;
    my $around = $package eq '' ? '' : "${package}::";
    if ($statement->isa('PPI::Statement::Sub') && !$statement->isa('PPI::Statement::Scheduled')) {
        return if $statement->forward || !$statement->block;
        my $name = $statement->find_first(sub { $_[1]->isa('PPI::Token::Word') && $_[1] eq $statement->name }) or return;
        fact('definition', ($name =~ /::/ ? '' : $around) . $name, 'sub', $name);
    }
    elsif ($statement->isa('PPI::Statement::Include')) {
        used($statement, $package, $around) if $statement->type eq 'use' && $statement->module;
    }
    elsif ($statement->isa('PPI::Statement::Variable') && $statement->type eq 'our' && !$is_sub) {
        my %wanted = map { $_ => 1 } $statement->variables;
        for my $symbol (@{$statement->find('PPI::Token::Symbol') || []}) {
            next if !delete $wanted{$symbol->content};
            variable($symbol->content, $around, $symbol);
        }
    }
    elsif (my @awaited = awaited($statement)) {
        fact('definition', $around . $_, 'sub', $_) for @awaited;
    }
    elsif (my $glob = globbed($statement)) {
        fact('definition', ($glob =~ /::/ ? '' : $around) . substr($glob, 1), 'sub', $glob);
    }
    elsif (!$is_sub && ($statement->schild(0) || '') eq 'has') {
        my $given = $statement->schild(1) or return;
        $given = $given->schild(0) && $given->schild(0)->isa('PPI::Statement') ? $given->schild(0)->schild(0) : $given->schild(0)
            if $given->isa('PPI::Structure::List');
        my @names = $given && $given->isa('PPI::Structure') ? map { named($_) } $given->schildren
            : $given && $given->isa('PPI::Token::Word') ? ($given->snext_sibling || '') eq '=>' ? [$given->content, $given] : ()
            : $given ? named($given) : ();
        for my $name (@names) {
            (my $own = $name->[0]) =~ s/^\+//;
            fact('definition', $around . $own, 'attribute', $name->[1]) if $own =~ /^[A-Za-z_]\w*$/;
        }
    }
}

# Names in ``async sub name { ... }``; PPI does not end the statement there, so that several may make one.
sub awaited {
    my ($statement) = @_;
    my ($at, @parts, @names) = (0, $statement->schildren);
    while ($at + 2 < @parts && $parts[$at] eq 'async' && $parts[$at + 1] eq 'sub' && $parts[$at + 2]->isa('PPI::Token::Word')) {
        push @names, $parts[$at + 2];
        $at += 3;
        $at++ while $at < @parts && !$parts[$at]->isa('PPI::Structure::Block');
        $at++;
    }
    return @names;
}

# ``*name = sub { ... }``
sub globbed {
    my ($statement) = @_;
    return if ref $statement ne 'PPI::Statement';
    my ($glob, $sign, $word, $block) = grep { !$_->isa('PPI::Token::Prototype') } $statement->schildren;
    return if !$block || !$glob->isa('PPI::Token::Symbol') || $glob !~ /^\*[A-Za-z_][\w:]*$/;
    return $sign eq '=' && $word eq 'sub' && $block->isa('PPI::Structure::Block') && $glob;
}

sub variable {
    my ($name, $around, $place) = @_;
    my $full = substr($name, 0, 1) . $around . substr($name, 1);
    return if $name !~ /^.[A-Za-z_]\w*(::\w+)*$/ || $seen{$full}++;
    fact('definition', $full, 'variable', $place);
}

# Strings and lists of words below an element, each with the token in which it stands.
sub named {
    my ($element) = @_;
    return map { [$_, $element] } $element->literal if $element->isa('PPI::Token::QuoteLike::Words');
    return [$element->string, $element] if $element->isa('PPI::Token::Quote') && $element !~ /^q/;
    return map { named($_) } $element->schildren if $element->isa('PPI::Node');
    return;
}

sub used {
    my ($statement, $package, $around) = @_;
    my $module = $statement->module;
    my @names = grep { $_->[0] =~ /^[\w:&\$@%*!+-]+$/ } map { named($_) } $statement->arguments;
    if ($module eq 'parent' || $module eq 'base') {
        fact('import', $_->[0], "use $module", $statement) for grep { $_->[0] !~ /^-/ } @names;
        return;
    }
    if ($module eq 'if') {
        my @given = $statement->arguments;
        shift @given while @given && $given[0] ne ',' && $given[0] ne '=>';
        my $loaded = $given[1] or return;
        my $name = $loaded->isa('PPI::Token::Quote') ? $loaded->string : $loaded->content;
        fact('import', $name, 'use if', $statement) if $name =~ /^[A-Za-z]/;
        return;
    }
    variable($_->[0], $around, $_->[1]) for $module eq 'vars' ? @names : ();
    if ($module eq 'constant') {
        my ($first) = $statement->arguments;
        my @keys = !$first ? () : $first->isa('PPI::Structure') ? keys_of($first) : ($first);
        for my $key (@keys) {
            (my $name = $key->content) =~ s/^['"]|['"]$//g;
            fact('definition', $around . $name, 'constant', $key) if $name =~ /^[A-Za-z_]\w*$/;
        }
    }
    my $is_list = !grep { $_->isa('PPI::Token::Word') || ($_->isa('PPI::Node') && $_->find('PPI::Token::Word')) } $statement->arguments;
    my $taken = $is_list && $module ne 'lib' ? join ',', map { $_->[0] } @names : '';
    fact('import', "$module: $taken", 'use', $statement);
}

sub keys_of {
    my ($hash) = @_;
    my ($expects, @keys) = (1);
    for my $element (map { $_->isa('PPI::Statement') ? $_->schildren : $_ } $hash->schildren) {
        push @keys, $element if $expects && ($element->isa('PPI::Token::Word') || $element->isa('PPI::Token::Quote'));
        $expects = $element eq ',' ? 1 : 0;
    }
    return @keys;
}

# ``require`` and ``do`` anywhere in an expression.
sub loaded {
    my ($word, $is_sub) = @_;
    return if $word ne 'require' && $word ne 'do';
    return if ($word->sprevious_sibling || '') eq '->' || ($word->snext_sibling || '') eq '=>';
    my $given = $word->snext_sibling or return;
    my $kind = $is_sub ? "$word deferred" : $word;
    if ($word eq 'require' && $given->isa('PPI::Token::Word') && $given =~ /^[A-Za-z_]\w*(::\w+)*$/ && $given !~ /^v\d+$/) {
        fact('import', "$given: ", $kind, $word);
    }
    elsif ($given->isa('PPI::Token::Quote') && $given =~ /^["']/ && $given !~ /^"[^"]*[\$@]/) {
        fact('import', $given->string . ': ', $kind, $word);
    }
}
