// Compiled, never run: proves that the hand-written declarations of MLIR's C API are MLIR's own.
// Scripts/check-abi gives the include paths.

#define APUS_MLIR_NATIVE_TYPES

#include <mlir-c/BuiltinAttributes.h>
#include <mlir-c/IR.h>
#include <mlir-c/Pass.h>

#include "CApusMLIR.h"

// IREE's functions on MLIR's types, where IREE's headers are given too.
#if __has_include("iree/compiler/mlir_interop.h")
#define APUS_IREE_NATIVE_TYPES
#include "iree/compiler/mlir_interop.h"

#include "CApusIREECompiler.h"
#define APUS_INTEROP_FUNCTIONS(F) APUS_IREE_COMPILER_INTEROP_FUNCTIONS(F)
#else
#define APUS_INTEROP_FUNCTIONS(F)
#endif

#define APUS_CHECK_FUNCTION(result, name, parameters)                                    \
  _Static_assert(__builtin_types_compatible_p(result(*) parameters, __typeof__(&name)), \
                 "signature of " #name);
APUS_MLIR_FUNCTIONS(APUS_CHECK_FUNCTION)
APUS_INTEROP_FUNCTIONS(APUS_CHECK_FUNCTION)

#define APUS_CHECK_CONSTANT(apus_name, mlir_name, value) \
  _Static_assert((mlir_name) == (value), "value of " #mlir_name);
APUS_MLIR_CONSTANTS(APUS_CHECK_CONSTANT)
