# Definitions and imports of Ruby files, as the parser of the interpreter itself sees them.
#
# Reads paths from standard input and prints an object of JSON for each.

require "json"
require "ripper"

class Walk
  ATTRIBUTES = %w[attr attr_accessor attr_reader attr_writer].freeze
  IMPORTS = %w[require require_relative load].freeze
  MAKERS = { %w[Class new] => "class", %w[Module new] => "module",
             %w[Struct new] => "class", %w[Data define] => "class" }.freeze

  attr_reader :facts

  def initialize(tree)
    @facts = []
    @scope = []
    @constants = [{}]
    visit(tree)
  end

  private

  def visit(node)
    return unless node.is_a?(Array)
    return node.each { |child| visit(child) } unless node[0].is_a?(Symbol)

    handler = :"on_#{node[0]}"
    respond_to?(handler, true) ? send(handler, node) : node.drop(1).each { |child| visit(child) }
  end

  def define(name, kind, line, joint = "::")
    facts << ["definition", @scope.empty? ? name : @scope.last + joint + name, kind, line]
  end

  def inside(name)
    @scope.push((@scope.last(1) + [name]).join("::"))
    @constants.push({})
    yield
    @scope.pop
    @constants.pop
  end

  # "A::B" and the line of its last name.
  def path(node)
    case node[0]
    when :const_ref, :var_ref, :var_field, :top_const_ref, :top_const_field
      node[1][0] == :@const ? [node[1][1], node[1][2][0]] : nil
    when :const_path_ref, :const_path_field
      base = path(node[1])
      [base ? "#{base[0]}::#{node[2][1]}" : node[2][1], node[2][2][0]]
    end
  end

  def on_class(node)
    name, line = path(node[1])
    define(name, "class", line)
    inside(name) { visit(node[2]); visit(node[3]) }
  end

  def on_module(node)
    name, line = path(node[1])
    define(name, "module", line)
    inside(name) { visit(node[2]) }
  end

  def on_sclass(node)
    return visit(node[2]) if node[1][0] == :var_ref && node[1][1][1] == "self"

    target = node[1]
    visit(target)
    target = target[1][0] if target[0] == :paren
    target = target[1] if target[0] == :assign
    inside(path(target)&.first || target[1][1]) { visit(node[2]) }
  end

  def on_def(node)
    define(node[1][1], "method", node[1][2][0], ".")
    visit(node[2])
    visit(node[3])
  end

  def on_defs(node)
    target, name = node[1], node[3]
    owner = target[1].is_a?(Array) && target[0] != :paren ? target[1][1] : nil
    own = @scope.last.to_s.split("::").last
    prefix = owner.nil? || owner == "self" || owner == own ? nil : owner
    if prefix
      facts << ["definition", "#{[*@scope.last, prefix].join('::')}.#{name[1]}", "method", name[2][0]]
    else
      define(name[1], "method", name[2][0], ".")
    end
    visit(node[4])
    visit(node[5])
  end

  def on_assign(node)
    made = maker(node[2])
    if made && (found = path(node[1]))
      define(found[0], made, found[1])
      inside(found[0]) { visit(node[2]) }
    else
      constant(node[1])
      visit(node[2])
    end
  end

  def on_opassign(node)
    constant(node[1])
    visit(node[3])
  end

  def on_massign(node)
    node[1].each { |left| constant(left) if left.is_a?(Array) }
    visit(node[2])
  end

  def constant(node)
    name, line = path(node)
    return if name.nil? || @constants.last[name]

    @constants.last[name] = true
    define(name, "constant", line)
  end

  # Kind of what ``Class.new`` and its like make.
  def maker(node)
    node = node[1] while %i[method_add_block method_add_arg].include?(node[0])
    return unless %i[call command_call].include?(node[0]) && node[1][0] == :var_ref

    MAKERS[[node[1][1][1], node[3].is_a?(Array) ? node[3][1] : nil]]
  end

  def on_alias(node)
    name, line = literal(node[1])
    define(name, "alias", line, ".")
  end

  def on_command(node)
    call(node[1], arguments(node[2]))
    visit(node[2])
  end

  def on_method_add_arg(node)
    if node[1][0] == :fcall
      call(node[1][1], arguments(node[2]))
    elsif node[1][0] == :call
      members(node[1], arguments(node[2]))
    end
    visit(node[1])
    visit(node[2])
  end

  def on_command_call(node)
    members(node, arguments(node[4]))
    node.drop(1).each { |child| visit(child) }
  end

  def members(node, arguments)
    return unless %w[Struct Data].include?(node[1][0] == :var_ref ? node[1][1][1] : nil)
    return unless MAKERS[[node[1][1][1], node[3][1]]]

    arguments.each do |argument|
      name, line = literal(argument)
      define(name, "member", line, ".") if name && argument[0] == :symbol_literal
    end
  end

  def call(word, arguments)
    first = arguments[0] && literal(arguments[0])
    case word[1]
    when *ATTRIBUTES
      arguments.filter_map { |each| literal(each) }.each { |name, line| define(name, "property", line, ".") }
    when "define_method"
      define(first[0], "method", first[1], ".") if first
    when "alias_method"
      define(first[0], "alias", first[1], ".") if first
    when *IMPORTS
      text = text_of(arguments[0]) if arguments.size == 1 || word[1] == "load"
      facts << ["import", text, word[1], word[2][0]] if text
    when "autoload"
      text = text_of(arguments[1])
      facts << ["import", "#{text}: #{first && first[0]}", "autoload", word[2][0]] if text
    end
  end

  def arguments(node)
    node = node[1] while node.is_a?(Array) && node[0] == :arg_paren
    return [] unless node.is_a?(Array)

    list = node[0] == :args_add_block ? node[1] : node
    list.is_a?(Array) && list[0] != :args_forward ? list.grep(Array) : []
  end

  # Name and line of a symbol or a string without interpolation.
  def literal(node)
    case node[0]
    when :symbol_literal
      inner = node[1][0] == :symbol ? node[1][1] : node[1]
      [inner[1], inner[2][0]]
    when :dyna_symbol, :string_literal
      parts = node[1].drop(1)
      [parts[0][1], parts[0][2][0]] if parts.size == 1 && parts[0][0] == :@tstring_content
    end
  end

  # The text of a string; what is interpolated is not compared.
  def text_of(node)
    return unless node.is_a?(Array) && node[0] == :string_literal

    node[1].drop(1).map { |part| part[0] == :@tstring_content ? part[1] : "\#{}" }.join
  end
end

if ARGV == ["--version"]
  puts "Ripper of Ruby #{RUBY_VERSION}"
  exit
end

$stdin.each_line(chomp: true) do |path|
  tree = Ripper.sexp(File.read(path, encoding: "UTF-8"))
  puts JSON.generate(tree ? { path: path, facts: Walk.new(tree).facts } : { path: path, error: "syntax error" })
rescue ArgumentError, EncodingError, JSON::GeneratorError => error
  puts JSON.generate(path: path, error: error.message)
end
