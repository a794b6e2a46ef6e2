public import ApusCompiler
public import ArgumentParser

extension CompilationPhase: ExpressibleByArgument {}
extension CompilerOptions.InputType: ExpressibleByArgument {}
extension MathMode: ExpressibleByArgument {}
