@_exported public import ApusArtifacts
@_exported public import ApusCompiler
@_exported public import ApusNativeLibrary
@_exported public import ApusRuntime

@_exported public import struct SystemPackage.FilePath
