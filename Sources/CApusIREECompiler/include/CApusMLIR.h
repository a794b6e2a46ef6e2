// The part of MLIR's C API (mlir-c/IR.h, mlir-c/BuiltinAttributes.h, mlir-c/Pass.h) that Apus calls, declared once.
//
// libIREECompiler exports it beside IREE's own API, of the LLVM that IREE was built with. The types are
// MLIR's, passed by value as there: each a struct with one pointer.
//
// Version: LLVM 22, as in IREE 3.9.0.

#ifndef CAPUS_MLIR_H_
#define CAPUS_MLIR_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Nullability is spelt for the table's fields alone: MLIR's own declarations say nothing of it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"

#ifndef APUS_MLIR_NATIVE_TYPES

#define APUS_MLIR_HANDLE(name, pointer) \
  typedef struct name {                 \
    pointer ptr;                        \
  } name;
APUS_MLIR_HANDLE(MlirContext, void *)
APUS_MLIR_HANDLE(MlirOperation, void *)
APUS_MLIR_HANDLE(MlirBlock, void *)
APUS_MLIR_HANDLE(MlirRegion, void *)
APUS_MLIR_HANDLE(MlirOpOperand, void *)
APUS_MLIR_HANDLE(MlirPassManager, void *)
APUS_MLIR_HANDLE(MlirOpPassManager, void *)
APUS_MLIR_HANDLE(MlirModule, const void *)
APUS_MLIR_HANDLE(MlirAttribute, const void *)
APUS_MLIR_HANDLE(MlirIdentifier, const void *)
APUS_MLIR_HANDLE(MlirLocation, const void *)
APUS_MLIR_HANDLE(MlirType, const void *)
APUS_MLIR_HANDLE(MlirValue, const void *)
#undef APUS_MLIR_HANDLE

typedef struct MlirStringRef {
  const char *data;
  size_t length;
} MlirStringRef;

typedef struct MlirLogicalResult {
  int8_t value;
} MlirLogicalResult;

typedef struct MlirNamedAttribute {
  MlirIdentifier name;
  MlirAttribute attribute;
} MlirNamedAttribute;

typedef struct MlirOperationState {
  MlirStringRef name;
  MlirLocation location;
  intptr_t nResults;
  MlirType *results;
  intptr_t nOperands;
  MlirValue *operands;
  intptr_t nRegions;
  MlirRegion *regions;
  intptr_t nSuccessors;
  MlirBlock *successors;
  intptr_t nAttributes;
  MlirNamedAttribute *attributes;
  bool enableResultTypeInference;
} MlirOperationState;

// An int stands for each C enum: `enum` tags cannot be named in both worlds.
#define APUS_MLIR_WALK_RESULT unsigned int
#define APUS_MLIR_WALK_ORDER unsigned int

#else

#define APUS_MLIR_WALK_RESULT MlirWalkResult
#define APUS_MLIR_WALK_ORDER MlirWalkOrder

#endif  // APUS_MLIR_NATIVE_TYPES

// The functions: F(result, name, (parameters)).
#define APUS_MLIR_FUNCTIONS(F)                                                                    \
  F(MlirContext, mlirOperationGetContext, (MlirOperation operation))                              \
  F(MlirIdentifier, mlirOperationGetName, (MlirOperation operation))                              \
  F(MlirLocation, mlirOperationGetLocation, (MlirOperation operation))                            \
  F(MlirOperation, mlirOperationGetParentOperation, (MlirOperation operation))                    \
  F(MlirBlock, mlirOperationGetBlock, (MlirOperation operation))                                  \
  F(intptr_t, mlirOperationGetNumOperands, (MlirOperation operation))                             \
  F(MlirValue, mlirOperationGetOperand, (MlirOperation operation, intptr_t index))                \
  F(void, mlirOperationSetOperand, (MlirOperation operation, intptr_t index, MlirValue value))    \
  F(intptr_t, mlirOperationGetNumResults, (MlirOperation operation))                              \
  F(MlirValue, mlirOperationGetResult, (MlirOperation operation, intptr_t index))                 \
  F(bool, mlirOperationHasInherentAttributeByName,                                                \
    (MlirOperation operation, MlirStringRef name))                                                \
  F(MlirAttribute, mlirOperationGetInherentAttributeByName,                                       \
    (MlirOperation operation, MlirStringRef name))                                                \
  F(MlirAttribute, mlirOperationGetDiscardableAttributeByName,                                    \
    (MlirOperation operation, MlirStringRef name))                                                \
  F(void, mlirOperationSetInherentAttributeByName,                                                \
    (MlirOperation operation, MlirStringRef name, MlirAttribute attribute))                       \
  F(void, mlirOperationSetDiscardableAttributeByName,                                             \
    (MlirOperation operation, MlirStringRef name, MlirAttribute attribute))                       \
  F(MlirRegion, mlirOperationGetRegion, (MlirOperation operation, intptr_t index))                \
  F(intptr_t, mlirOperationGetNumRegions, (MlirOperation operation))                              \
  F(void, mlirOperationWalk,                                                                      \
    (MlirOperation operation,                                                                     \
     APUS_MLIR_WALK_RESULT (*callback)(MlirOperation operation, void *user_data),                 \
     void *user_data, APUS_MLIR_WALK_ORDER order))                                                \
  F(MlirOperationState, mlirOperationStateGet, (MlirStringRef name, MlirLocation location))       \
  F(void, mlirOperationStateAddResults,                                                           \
    (MlirOperationState * state, intptr_t count, const MlirType *results))                        \
  F(void, mlirOperationStateAddOperands,                                                          \
    (MlirOperationState * state, intptr_t count, const MlirValue *operands))                      \
  F(void, mlirOperationStateAddAttributes,                                                        \
    (MlirOperationState * state, intptr_t count, const MlirNamedAttribute *attributes))           \
  F(MlirOperation, mlirOperationCreate, (MlirOperationState * state))                             \
  F(void, mlirOperationDestroy, (MlirOperation operation))                                        \
  F(void, mlirOperationRemoveFromParent, (MlirOperation operation))                               \
                                                                                                  \
  F(MlirStringRef, mlirIdentifierStr, (MlirIdentifier identifier))                                \
  F(MlirIdentifier, mlirIdentifierGet, (MlirContext context, MlirStringRef text))                 \
                                                                                                  \
  F(MlirModule, mlirModuleCreateParse, (MlirContext context, MlirStringRef text))                 \
  F(MlirBlock, mlirModuleGetBody, (MlirModule module))                                            \
  F(void, mlirModuleDestroy, (MlirModule module))                                                 \
                                                                                                  \
  F(MlirBlock, mlirRegionGetFirstBlock, (MlirRegion region))                                      \
  F(MlirOperation, mlirBlockGetFirstOperation, (MlirBlock block))                                 \
  F(MlirOperation, mlirBlockGetParentOperation, (MlirBlock block))                                \
  F(MlirValue, mlirBlockGetArgument, (MlirBlock block, intptr_t index))                           \
  F(void, mlirBlockInsertOwnedOperation,                                                          \
    (MlirBlock block, intptr_t position, MlirOperation operation))                                \
  F(void, mlirBlockInsertOwnedOperationBefore,                                                    \
    (MlirBlock block, MlirOperation reference, MlirOperation operation))                          \
                                                                                                  \
  F(MlirType, mlirValueGetType, (MlirValue value))                                                \
  F(bool, mlirValueEqual, (MlirValue value, MlirValue other))                                     \
  F(bool, mlirValueIsAOpResult, (MlirValue value))                                                \
  F(MlirOperation, mlirOpResultGetOwner, (MlirValue value))                                       \
  F(MlirBlock, mlirBlockArgumentGetOwner, (MlirValue value))                                      \
  F(MlirOpOperand, mlirValueGetFirstUse, (MlirValue value))                                       \
  F(bool, mlirOpOperandIsNull, (MlirOpOperand use))                                               \
  F(MlirOperation, mlirOpOperandGetOwner, (MlirOpOperand use))                                    \
  F(MlirOpOperand, mlirOpOperandGetNextUse, (MlirOpOperand use))                                  \
  F(void, mlirValueReplaceAllUsesOfWith, (MlirValue value, MlirValue replacement))                \
                                                                                                  \
  F(MlirType, mlirTypeParseGet, (MlirContext context, MlirStringRef text))                        \
  F(void, mlirTypePrint,                                                                          \
    (MlirType type, void (*callback)(MlirStringRef text, void *user_data), void *user_data))      \
                                                                                                  \
  F(MlirAttribute, mlirAttributeParseGet, (MlirContext context, MlirStringRef text))              \
  F(void, mlirAttributePrint,                                                                     \
    (MlirAttribute attribute, void (*callback)(MlirStringRef text, void *user_data),              \
     void *user_data))                                                                            \
  F(bool, mlirAttributeIsAFloat, (MlirAttribute attribute))                                       \
  F(double, mlirFloatAttrGetValueDouble, (MlirAttribute attribute))                               \
  F(bool, mlirAttributeIsADenseFPElements, (MlirAttribute attribute))                             \
  F(bool, mlirDenseElementsAttrIsSplat, (MlirAttribute attribute))                                \
  F(MlirAttribute, mlirDenseElementsAttrGetSplatValue, (MlirAttribute attribute))                 \
  F(bool, mlirAttributeIsADenseElements, (MlirAttribute attribute))                               \
  F(int64_t, mlirElementsAttrGetNumElements, (MlirAttribute attribute))                           \
  F(const void *, mlirDenseElementsAttrGetRawData, (MlirAttribute attribute))                     \
  F(MlirAttribute, mlirDenseElementsAttrRawBufferGet,                                             \
    (MlirType type, size_t size, const void *bytes))                                              \
                                                                                                  \
  F(MlirPassManager, mlirPassManagerCreateOnOperation,                                            \
    (MlirContext context, MlirStringRef operation_name))                                          \
  F(MlirOpPassManager, mlirPassManagerGetAsOpPassManager, (MlirPassManager passes))               \
  F(MlirLogicalResult, mlirParsePassPipeline,                                                     \
    (MlirOpPassManager passes, MlirStringRef text,                                                \
     void (*callback)(MlirStringRef text, void *user_data), void *user_data))                     \
  F(MlirLogicalResult, mlirPassManagerRunOnOp,                                                    \
    (MlirPassManager passes, MlirOperation operation))                                            \
  F(void, mlirPassManagerDestroy, (MlirPassManager passes))

// The constants relied upon: C(Apus's name, MLIR's name, value).
#define APUS_MLIR_CONSTANTS(C)                                  \
  C(APUS_MLIR_WALK_ADVANCE, MlirWalkResultAdvance, 0)           \
  C(APUS_MLIR_WALK_INTERRUPT, MlirWalkResultInterrupt, 1)       \
  C(APUS_MLIR_WALK_SKIP, MlirWalkResultSkip, 2)                 \
  C(APUS_MLIR_WALK_PRE_ORDER, MlirWalkPreOrder, 0)              \
  C(APUS_MLIR_WALK_POST_ORDER, MlirWalkPostOrder, 1)

#ifndef APUS_MLIR_NATIVE_TYPES

enum {
#define APUS_CONSTANT(apus_name, mlir_name, value) apus_name = value,
  APUS_MLIR_CONSTANTS(APUS_CONSTANT)
#undef APUS_CONSTANT
};

/// One pointer a function, all filled or the table is not handed out.
typedef struct apus_mlir_table {
#define APUS_FIELD(result, name, parameters) result(*_Nonnull name) parameters;
  APUS_MLIR_FUNCTIONS(APUS_FIELD)
#undef APUS_FIELD
} apus_mlir_table;

/// The functions' names, in the order of the table's fields.
const char *_Nonnull const *_Nonnull apus_mlir_symbol_names(void);

#endif  // APUS_MLIR_NATIVE_TYPES

#pragma clang diagnostic pop

#endif  // CAPUS_MLIR_H_
