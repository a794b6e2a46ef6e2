// The part of IREE's compiler C API (iree/compiler/embedding_api.h) that Apus calls, declared once.
//
// The wheel that brings the library brings no headers, so the declarations are written by hand and
// proven by Scripts/check-abi against IREE's own.
//
// Every handle has a one-byte body, never accessed: Swift then imports each as a pointer type of its own
// and rejects a session where an invocation is wanted.
//
// Version: IREE 3.9.0 (1a6681936a78138f7ae2b0fd9309d28dfe01ac5b), API version 1.4.

#ifndef CAPUS_IREE_COMPILER_H_
#define CAPUS_IREE_COMPILER_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CApusMLIR.h"

// Nullability is spelt for the table's fields alone: IREE's own declarations say nothing of it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"

#ifndef APUS_IREE_NATIVE_TYPES

typedef struct iree_compiler_error_t {
  char opaque;
} iree_compiler_error_t;
typedef struct iree_compiler_session_t {
  char opaque;
} iree_compiler_session_t;
typedef struct iree_compiler_invocation_t {
  char opaque;
} iree_compiler_invocation_t;
typedef struct iree_compiler_source_t {
  char opaque;
} iree_compiler_source_t;
typedef struct iree_compiler_output_t {
  char opaque;
} iree_compiler_output_t;

// An int stands for each C enum: `enum` tags cannot be named in both worlds.
#define APUS_IREE_COMPILER_SEVERITY unsigned int
#define APUS_IREE_COMPILER_PIPELINE unsigned int

#else

#define APUS_IREE_COMPILER_SEVERITY enum iree_compiler_diagnostic_severity_t
#define APUS_IREE_COMPILER_PIPELINE enum iree_compiler_pipeline_t

#endif  // APUS_IREE_NATIVE_TYPES

// The functions: F(result, name, (parameters)).
#define APUS_IREE_COMPILER_FUNCTIONS(F)                                                        \
  F(int, ireeCompilerGetAPIVersion, (void))                                                    \
  F(const char *, ireeCompilerGetRevision, (void))                                             \
  F(void, ireeCompilerGlobalInitialize, (void))                                                \
  F(void, ireeCompilerErrorDestroy, (iree_compiler_error_t * error))                           \
  F(const char *, ireeCompilerErrorGetMessage, (iree_compiler_error_t * error))                \
                                                                                               \
  F(iree_compiler_session_t *, ireeCompilerSessionCreate, (void))                              \
  F(void, ireeCompilerSessionDestroy, (iree_compiler_session_t * session))                     \
  F(iree_compiler_error_t *, ireeCompilerSessionSetFlags,                                      \
    (iree_compiler_session_t * session, int argc, const char *const *argv))                    \
                                                                                               \
  F(iree_compiler_invocation_t *, ireeCompilerInvocationCreate,                                \
    (iree_compiler_session_t * session))                                                       \
  F(void, ireeCompilerInvocationDestroy, (iree_compiler_invocation_t * invocation))            \
  F(void, ireeCompilerInvocationEnableCallbackDiagnostics,                                     \
    (iree_compiler_invocation_t * invocation, int flags,                                       \
     void (*callback)(APUS_IREE_COMPILER_SEVERITY severity, const char *message, size_t count, \
                      void *user_data),                                                        \
     void *user_data))                                                                         \
  F(bool, ireeCompilerInvocationParseSource,                                                   \
    (iree_compiler_invocation_t * invocation, iree_compiler_source_t * source))                \
  F(void, ireeCompilerInvocationSetCompileFromPhase,                                           \
    (iree_compiler_invocation_t * invocation, const char *phase))                              \
  F(void, ireeCompilerInvocationSetCompileToPhase,                                             \
    (iree_compiler_invocation_t * invocation, const char *phase))                              \
  F(void, ireeCompilerInvocationSetVerifyIR,                                                   \
    (iree_compiler_invocation_t * invocation, bool enable))                                    \
  F(bool, ireeCompilerInvocationPipeline,                                                      \
    (iree_compiler_invocation_t * invocation, APUS_IREE_COMPILER_PIPELINE pipeline))           \
  F(iree_compiler_error_t *, ireeCompilerInvocationOutputIR,                                   \
    (iree_compiler_invocation_t * invocation, iree_compiler_output_t * output))                \
  F(iree_compiler_error_t *, ireeCompilerInvocationOutputIRBytecode,                           \
    (iree_compiler_invocation_t * invocation, iree_compiler_output_t * output,                 \
     int bytecode_version))                                                                    \
  F(iree_compiler_error_t *, ireeCompilerInvocationOutputVMBytecode,                           \
    (iree_compiler_invocation_t * invocation, iree_compiler_output_t * output))                \
                                                                                               \
  F(iree_compiler_error_t *, ireeCompilerSourceWrapBuffer,                                     \
    (iree_compiler_session_t * session, const char *name, const char *buffer, size_t length,   \
     bool is_null_terminated, iree_compiler_source_t **out_source))                            \
  F(void, ireeCompilerSourceDestroy, (iree_compiler_source_t * source))                        \
                                                                                               \
  F(iree_compiler_error_t *, ireeCompilerOutputOpenMembuffer,                                  \
    (iree_compiler_output_t * *out_output))                                                    \
  F(iree_compiler_error_t *, ireeCompilerOutputMapMemory,                                      \
    (iree_compiler_output_t * output, void **contents, uint64_t *size))                        \
  F(void, ireeCompilerOutputDestroy, (iree_compiler_output_t * output))

// What passes a module to MLIR's API and back (iree/compiler/mlir_interop.h).
#define APUS_IREE_COMPILER_INTEROP_FUNCTIONS(F)               \
  F(MlirOperation, ireeCompilerInvocationExportStealModule,   \
    (iree_compiler_invocation_t * invocation))                \
  F(bool, ireeCompilerInvocationImportStealModule,            \
    (iree_compiler_invocation_t * invocation, MlirOperation module))

// The constants relied upon: C(Apus's name, IREE's name, value).
#define APUS_IREE_COMPILER_CONSTANTS(C)                                                         \
  C(APUS_IREE_COMPILER_DIAGNOSTIC_NOTE, IREE_COMPILER_DIAGNOSTIC_SEVERITY_NOTE, 0)              \
  C(APUS_IREE_COMPILER_DIAGNOSTIC_WARNING, IREE_COMPILER_DIAGNOSTIC_SEVERITY_WARNING, 1)        \
  C(APUS_IREE_COMPILER_DIAGNOSTIC_ERROR, IREE_COMPILER_DIAGNOSTIC_SEVERITY_ERROR, 2)            \
  C(APUS_IREE_COMPILER_DIAGNOSTIC_REMARK, IREE_COMPILER_DIAGNOSTIC_SEVERITY_REMARK, 3)          \
  C(APUS_IREE_COMPILER_PIPELINE_STD, IREE_COMPILER_PIPELINE_STD, 0)

#ifndef APUS_IREE_NATIVE_TYPES

enum {
#define APUS_CONSTANT(apus_name, iree_name, value) apus_name = value,
  APUS_IREE_COMPILER_CONSTANTS(APUS_CONSTANT)
#undef APUS_CONSTANT
};

/// One pointer a function, all filled or the table is not handed out.
typedef struct apus_iree_compiler_table {
#define APUS_FIELD(result, name, parameters) result(*_Nonnull name) parameters;
  APUS_IREE_COMPILER_FUNCTIONS(APUS_FIELD)
  APUS_IREE_COMPILER_INTEROP_FUNCTIONS(APUS_FIELD)
#undef APUS_FIELD
} apus_iree_compiler_table;

/// The functions' names, in the order of the table's fields.
const char *_Nonnull const *_Nonnull apus_iree_compiler_symbol_names(void);

#endif  // APUS_IREE_NATIVE_TYPES

#pragma clang diagnostic pop

#endif  // CAPUS_IREE_COMPILER_H_
