// What Groovy's parser finds in files whose paths come on standard input: one JSON object a line.
// Of a definition it tells where the annotations end and where all of it does: the place of the name is not in its tree.
import groovy.json.JsonOutput
import org.codehaus.groovy.ast.PropertyNode
import org.codehaus.groovy.control.CompilationFailedException
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.Phases

System.in.newReader('UTF-8').readLines().each { path ->
    def unit = new CompilationUnit(new CompilerConfiguration(sourceEncoding: 'UTF-8'))
    unit.addSource(new File(path))
    def facts = []
    def error = ''
    try {
        unit.compile(Phases.CONVERSION)
    } catch (CompilationFailedException e) {
        error = e.message.readLines().find { it.contains(' @ line') } ?: 'Groovy reports an error'
    } catch (Throwable e) {
        error = e.toString().readLines().first()
    }
    if (!error) {
        unit.AST.modules.each { module -> facts += factsOf(module) }
    }
    println JsonOutput.toJson(error ? [path: path, error: error] : [path: path, facts: facts])
}

def factsOf(module) {
    def facts = []
    module.imports.each {
        def plain = it.type.nameWithoutPackage.replace('$', '.') == it.alias || it.type.name.tokenize('.$').last() == it.alias
        facts << ['import', it.type.name + (plain ? '' : " as ${it.alias}".toString()) + ': ', 'import', it.lineNumber, 1, it.lineNumber, '']
    }
    module.starImports.each { facts << ['import', it.packageName[0..-2] + ': *', 'import', it.lineNumber, 1, it.lineNumber, ''] }
    module.staticImports.values().each {
        def named = it.fieldName == it.alias ? it.alias : "${it.fieldName} as ${it.alias}".toString()
        facts << ['import', it.type.name + ': ' + named, 'import static', it.lineNumber, 1, it.lineNumber, '']
    }
    module.staticStarImports.values().each {
        facts << ['import', it.type.name + ': *', 'import static', it.lineNumber, 1, it.lineNumber, '']
    }
    module.classes.each { type -> facts += membersOf(type) }
    facts
}

def membersOf(type) {
    def facts = []
    if (isNameless(type)) {
        return facts
    }
    def name = type.name
    if (type.packageName) {
        name = name.substring(type.packageName.length() + 1)
    }
    name = name.replace('$', '.')
    def add = { node, String own, String kind ->
        if (node.lineNumber > 0) {
            def full = type.script && kind != 'class' ? own : (own ? "${name}.${own}".toString() : name)
            def annotations = node.annotations + (node instanceof PropertyNode ? node.field.annotations : [])
            def last = annotations.findAll { it.lastLineNumber > 0 }.max { it.lastLineNumber * 10000 + it.lastColumnNumber }
            def line = last ? last.lastLineNumber : node.lineNumber
            def column = last ? last.lastColumnNumber : 1
            facts << ['definition', full, kind, line, column, node.lastLineNumber, own ?: type.nameWithoutPackage.tokenize('$').last()]
        }
    }
    if (!type.script) {
        add(type, '', kindOf(type))
        type.fields.each {
            if (it.enum) {
                add(it, it.name, 'constant')
            } else if (!type.getProperty(it.name)) {
                add(it, it.name, 'field')
            }
        }
        type.properties.each { add(it, it.name, 'property') }
        type.declaredConstructors.each { add(it, type.nameWithoutPackage.tokenize('$').last(), 'constructor') }
    }
    type.methods.each {
        if (!it.synthetic && it.name != '<clinit>' && !(type.script && it.lineNumber <= 0) && !(type.script && it.name == 'run' && it.parameters.length == 0)) {
            add(it, it.name, 'method')
        }
    }
    facts
}

def isNameless(type) {
    def each = type
    while (each != null) {
        if ((each.hasProperty('anonymous') && each.anonymous) || each.class.simpleName == 'EnumConstantClassNode' || each.enclosingMethod != null
            || each.name.tokenize('$').last().isInteger()) {
            return true
        }
        each = each.outerClass
    }
    false
}

def kindOf(type) {
    if (type.annotationDefinition) return 'annotation'
    if (type.annotations.any { it.classNode.nameWithoutPackage == 'Trait' }) return 'trait'
    if (type.interface) return 'interface'
    if (type.isEnum()) return 'enum'
    'class'
}
