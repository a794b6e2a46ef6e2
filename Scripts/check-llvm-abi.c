// Compiled, never run: proves that the hand-written declarations of LLVM's C API are LLVM's own.
// Scripts/check-abi gives the include paths.

#define APUS_LLVM_NATIVE_TYPES

#include <llvm-c/Analysis.h>
#include <llvm-c/BitReader.h>
#include <llvm-c/BitWriter.h>
#include <llvm-c/Comdat.h>
#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>
#include <llvm-c/Error.h>
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/IRReader.h>
#include <llvm-c/Linker.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <llvm-c/blake3.h>

#include "CApusLLVM.h"

#define APUS_CHECK_FUNCTION(result, name, parameters)                                    \
  _Static_assert(__builtin_types_compatible_p(result(*) parameters, __typeof__(&name)), \
                 "signature of " #name);
APUS_LLVM_FUNCTIONS(APUS_CHECK_FUNCTION)

#define APUS_CHECK_CONSTANT(name, value) _Static_assert((name) == (value), "value of " #name);
APUS_LLVM_CONSTANTS(APUS_CHECK_CONSTANT)

#define APUS_CHECK_SIZE(name, size) _Static_assert(sizeof(name) == (size), "size of " #name);
APUS_LLVM_SIZES(APUS_CHECK_SIZE)
