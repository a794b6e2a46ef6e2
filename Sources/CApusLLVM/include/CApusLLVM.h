// The part of LLVM's C API that Apus calls, declared once.
//
// `swift build` must not need LLVM's headers, so the declarations are repeated here, under LLVM's
// own names, and proven against llvm-22-dev's by Scripts/check-abi.
//
// Every handle's struct has a one-byte body, never accessed: Swift then imports each as a pointer
// type of its own and rejects a module where a context is wanted.
//
// Version: LLVM 22. A later one will do as long as it exports the same functions.

#ifndef CAPUS_LLVM_H_
#define CAPUS_LLVM_H_

#include <stddef.h>
#include <stdint.h>

// Nullability is spelt for the table's fields alone: LLVM's own declarations say nothing of it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wnullability-completeness"

#ifndef APUS_LLVM_NATIVE_TYPES

#define APUS_LLVM_HANDLE(tag, name) \
  typedef struct tag {              \
    char opaque;                    \
  } *name;
APUS_LLVM_HANDLE(LLVMOpaqueContext, LLVMContextRef)
APUS_LLVM_HANDLE(LLVMOpaqueModule, LLVMModuleRef)
APUS_LLVM_HANDLE(LLVMOpaqueType, LLVMTypeRef)
APUS_LLVM_HANDLE(LLVMOpaqueValue, LLVMValueRef)
APUS_LLVM_HANDLE(LLVMOpaqueBasicBlock, LLVMBasicBlockRef)
APUS_LLVM_HANDLE(LLVMOpaqueMetadata, LLVMMetadataRef)
APUS_LLVM_HANDLE(LLVMOpaqueUse, LLVMUseRef)
APUS_LLVM_HANDLE(LLVMOpaqueBuilder, LLVMBuilderRef)
APUS_LLVM_HANDLE(LLVMOpaqueMemoryBuffer, LLVMMemoryBufferRef)
APUS_LLVM_HANDLE(LLVMOpaqueAttributeRef, LLVMAttributeRef)
APUS_LLVM_HANDLE(LLVMOpaqueDiagnosticInfo, LLVMDiagnosticInfoRef)
APUS_LLVM_HANDLE(LLVMComdat, LLVMComdatRef)
APUS_LLVM_HANDLE(LLVMOpaqueError, LLVMErrorRef)
APUS_LLVM_HANDLE(LLVMOpaquePassBuilderOptions, LLVMPassBuilderOptionsRef)
APUS_LLVM_HANDLE(LLVMOpaqueTargetData, LLVMTargetDataRef)
APUS_LLVM_HANDLE(LLVMOpaqueTargetMachine, LLVMTargetMachineRef)
APUS_LLVM_HANDLE(LLVMTarget, LLVMTargetRef)
APUS_LLVM_HANDLE(LLVMOpaqueNamedMDNode, LLVMNamedMDNodeRef)
APUS_LLVM_HANDLE(LLVMOpaquePassManager, LLVMPassManagerRef)
#undef APUS_LLVM_HANDLE

typedef struct LLVMOpaqueValueMetadataEntry {
  char opaque;
} LLVMValueMetadataEntry;

typedef int LLVMBool;
typedef unsigned LLVMAttributeIndex;
typedef unsigned LLVMFastMathFlags;

// LLVM's enums. APUS_LLVM_CONSTANTS has the values relied upon.
typedef unsigned LLVMAtomicOrdering;
typedef unsigned LLVMAtomicRMWBinOp;
typedef unsigned LLVMCodeGenFileType;
typedef unsigned LLVMCodeGenOptLevel;
typedef unsigned LLVMCodeModel;
typedef unsigned LLVMComdatSelectionKind;
typedef unsigned LLVMDLLStorageClass;
typedef unsigned LLVMDiagnosticSeverity;
typedef unsigned LLVMIntPredicate;
typedef unsigned LLVMLinkage;
typedef unsigned LLVMModuleFlagBehavior;
typedef unsigned LLVMOpcode;
typedef unsigned LLVMRealPredicate;
typedef unsigned LLVMRelocMode;
typedef unsigned LLVMTailCallKind;
typedef unsigned LLVMTypeKind;
typedef unsigned LLVMUnnamedAddr;
typedef unsigned LLVMValueKind;
typedef unsigned LLVMVerifierFailureAction;
typedef unsigned LLVMVisibility;

typedef void (*LLVMDiagnosticHandler)(LLVMDiagnosticInfoRef, void *);
typedef void (*LLVMFatalErrorHandler)(const char *reason);

/// The state of a hash, for its functions alone to look into.
typedef struct llvm_blake3_hasher {
  uint64_t opaque[239];
} llvm_blake3_hasher;

#endif  // APUS_LLVM_NATIVE_TYPES

/// Joins modules to one.
typedef struct ApusLLVMOpaqueModuleLinker {
  char opaque;
} *ApusLLVMModuleLinkerRef;

// Types that are not only referred to, and their sizes: T(name, size).
#define APUS_LLVM_SIZES(T) T(llvm_blake3_hasher, 1912)

// The functions: F(result, name, (parameters)).
#define APUS_LLVM_FUNCTIONS(F)                                                                    \
  F(void, LLVMGetVersion, (unsigned *major, unsigned *minor, unsigned *patch))                    \
  F(void, LLVMInstallFatalErrorHandler, (LLVMFatalErrorHandler handler))                          \
  F(void, LLVMDisposeMessage, (char *message))                                                    \
  F(void, llvm_blake3_hasher_init, (llvm_blake3_hasher * self))                                   \
  F(void, llvm_blake3_hasher_update,                                                              \
    (llvm_blake3_hasher * self, const void *input, size_t inputLength))                           \
  F(void, llvm_blake3_hasher_finalize,                                                            \
    (const llvm_blake3_hasher *self, uint8_t *out, size_t outLength))                             \
  F(void, LLVMParseCommandLineOptions, (int argc, const char *const *argv, const char *overview)) \
                                                                                                  \
  F(LLVMContextRef, LLVMContextCreate, (void))                                                    \
  F(void, LLVMContextDispose, (LLVMContextRef c))                                                 \
  F(void, LLVMContextSetDiagnosticHandler,                                                        \
    (LLVMContextRef c, LLVMDiagnosticHandler handler, void *diagnosticContext))                   \
  F(char *, LLVMGetDiagInfoDescription, (LLVMDiagnosticInfoRef di))                               \
  F(LLVMDiagnosticSeverity, LLVMGetDiagInfoSeverity, (LLVMDiagnosticInfoRef di))                  \
                                                                                                  \
  F(LLVMMemoryBufferRef, LLVMCreateMemoryBufferWithMemoryRange,                                   \
    ( const char *inputData, size_t inputDataLength, const char *bufferName, LLVMBool             \
     requiresNullTerminator))                                                                     \
  F(LLVMMemoryBufferRef, LLVMCreateMemoryBufferWithMemoryRangeCopy,                               \
    ( const char *inputData, size_t inputDataLength, const char *bufferName))                     \
  F(const char *, LLVMGetBufferStart, (LLVMMemoryBufferRef memBuf))                               \
  F(size_t, LLVMGetBufferSize, (LLVMMemoryBufferRef memBuf))                                      \
  F(void, LLVMDisposeMemoryBuffer, (LLVMMemoryBufferRef memBuf))                                  \
                                                                                                  \
  F(LLVMBool, LLVMParseBitcodeInContext2,                                                         \
    (LLVMContextRef contextRef, LLVMMemoryBufferRef memBuf, LLVMModuleRef *outModule))            \
  F(LLVMBool, LLVMGetBitcodeModuleInContext2,                                                     \
    (LLVMContextRef contextRef, LLVMMemoryBufferRef memBuf, LLVMModuleRef *outM))                 \
  F(LLVMBool, LLVMParseIRInContext,                                                               \
    (LLVMContextRef contextRef, LLVMMemoryBufferRef memBuf, LLVMModuleRef *outM, char             \
     **outMessage))                                                                               \
  F(LLVMMemoryBufferRef, LLVMWriteBitcodeToMemoryBuffer, (LLVMModuleRef m))                       \
  F(LLVMBool, LLVMVerifyModule,                                                                   \
    (LLVMModuleRef m, LLVMVerifierFailureAction action, char **outMessage))                       \
  F(char *, LLVMPrintModuleToString, (LLVMModuleRef m))                                           \
  F(LLVMBool, LLVMLinkModules2, (LLVMModuleRef dest, LLVMModuleRef src))                          \
                                                                                                  \
  F(LLVMModuleRef, LLVMModuleCreateWithNameInContext, (const char *moduleID, LLVMContextRef c))   \
  F(void, LLVMDisposeModule, (LLVMModuleRef m))                                                   \
  F(LLVMModuleRef, LLVMCloneModule, (LLVMModuleRef m))                                            \
  F(const char *, LLVMGetTarget, (LLVMModuleRef m))                                               \
  F(void, LLVMSetTarget, (LLVMModuleRef m, const char *triple))                                   \
  F(const char *, LLVMGetDataLayoutStr, (LLVMModuleRef m))                                        \
  F(void, LLVMSetDataLayout, (LLVMModuleRef m, const char *dataLayoutStr))                        \
  F(const char *, LLVMGetModuleInlineAsm, (LLVMModuleRef m, size_t *len))                         \
  F(void, LLVMSetModuleInlineAsm2, (LLVMModuleRef m, const char *text, size_t len))                \
  F(const char *, LLVMGetModuleIdentifier, (LLVMModuleRef m, size_t *len))                        \
  F(void, LLVMSetModuleIdentifier, (LLVMModuleRef m, const char *ident, size_t len))              \
  F(const char *, LLVMGetSourceFileName, (LLVMModuleRef m, size_t *len))                          \
  F(void, LLVMSetSourceFileName, (LLVMModuleRef m, const char *name, size_t len))                 \
  F(LLVMMetadataRef, LLVMGetModuleFlag, (LLVMModuleRef m, const char *key, size_t keyLen))        \
  F(void, LLVMAddModuleFlag,                                                                      \
    (LLVMModuleRef m, LLVMModuleFlagBehavior behavior, const char *key, size_t keyLen,            \
     LLVMMetadataRef val))                                                                        \
  F(LLVMContextRef, LLVMGetModuleContext, (LLVMModuleRef m))                                      \
  F(LLVMNamedMDNodeRef, LLVMGetNamedMetadata,                                                     \
    (LLVMModuleRef m, const char *name, size_t nameLen))                                          \
                                                                                                  \
  F(LLVMValueRef, LLVMGetFirstFunction, (LLVMModuleRef m))                                        \
  F(LLVMValueRef, LLVMGetNextFunction, (LLVMValueRef fn))                                         \
  F(LLVMValueRef, LLVMGetFirstGlobal, (LLVMModuleRef m))                                          \
  F(LLVMValueRef, LLVMGetNextGlobal, (LLVMValueRef globalVar))                                    \
  F(LLVMValueRef, LLVMGetFirstGlobalAlias, (LLVMModuleRef m))                                     \
  F(LLVMValueRef, LLVMGetNextGlobalAlias, (LLVMValueRef ga))                                      \
  F(LLVMValueRef, LLVMGetFirstGlobalIFunc, (LLVMModuleRef m))                                     \
  F(LLVMValueRef, LLVMGetNextGlobalIFunc, (LLVMValueRef iFunc))                                   \
  F(LLVMValueRef, LLVMGetNamedFunction, (LLVMModuleRef m, const char *name))                      \
  F(LLVMValueRef, LLVMGetNamedGlobal, (LLVMModuleRef m, const char *name))                        \
  F(LLVMValueRef, LLVMGetNamedGlobalAlias, (LLVMModuleRef m, const char *name, size_t nameLen))   \
  F(LLVMValueRef, LLVMGetNamedGlobalIFunc, (LLVMModuleRef m, const char *name, size_t nameLen))   \
  F(LLVMValueRef, LLVMAddFunction, (LLVMModuleRef m, const char *name, LLVMTypeRef functionTy))   \
  F(LLVMValueRef, LLVMAddGlobal, (LLVMModuleRef m, LLVMTypeRef ty, const char *name))             \
  F(LLVMValueRef, LLVMAddAlias2,                                                                  \
    (LLVMModuleRef m, LLVMTypeRef valueTy, unsigned addrSpace, LLVMValueRef aliasee, const char   \
     *name))                                                                                      \
  F(void, LLVMDeleteFunction, (LLVMValueRef fn))                                                  \
  F(void, LLVMDeleteGlobal, (LLVMValueRef globalVar))                                             \
                                                                                                  \
  F(const char *, LLVMGetValueName2, (LLVMValueRef val, size_t *length))                          \
  F(void, LLVMSetValueName2, (LLVMValueRef val, const char *name, size_t nameLen))                \
  F(LLVMTypeRef, LLVMTypeOf, (LLVMValueRef val))                                                  \
  F(LLVMValueKind, LLVMGetValueKind, (LLVMValueRef val))                                          \
  F(char *, LLVMPrintValueToString, (LLVMValueRef val))                                           \
  F(void, LLVMReplaceAllUsesWith, (LLVMValueRef oldVal, LLVMValueRef newVal))                     \
  F(LLVMUseRef, LLVMGetFirstUse, (LLVMValueRef val))                                              \
  F(LLVMUseRef, LLVMGetNextUse, (LLVMUseRef u))                                                   \
  F(LLVMValueRef, LLVMGetUser, (LLVMUseRef u))                                                    \
  F(LLVMValueRef, LLVMGetUsedValue, (LLVMUseRef u))                                               \
  F(LLVMValueRef, LLVMGetOperand, (LLVMValueRef val, unsigned index))                             \
  F(void, LLVMSetOperand, (LLVMValueRef user, unsigned index, LLVMValueRef val))                  \
  F(int, LLVMGetNumOperands, (LLVMValueRef val))                                                  \
  F(LLVMBool, LLVMIsConstant, (LLVMValueRef val))                                                 \
  F(LLVMBool, LLVMIsUndef, (LLVMValueRef val))                                                    \
  F(LLVMBool, LLVMIsPoison, (LLVMValueRef val))                                                   \
  F(LLVMValueRef, LLVMIsAFunction, (LLVMValueRef value))                                          \
  F(LLVMValueRef, LLVMIsAInlineAsm, (LLVMValueRef value))                                         \
  F(LLVMValueRef, LLVMIsAConstantExpr, (LLVMValueRef value))                                      \
  F(LLVMOpcode, LLVMGetConstOpcode, (LLVMValueRef constantVal))                                   \
  F(const char *, LLVMGetInlineAsmAsmString, (LLVMValueRef inlineAsmVal, size_t *len))            \
  F(LLVMValueRef, LLVMIsACallInst, (LLVMValueRef value))                                          \
  F(LLVMValueRef, LLVMIsAConstantFP, (LLVMValueRef value))                                        \
  F(LLVMValueRef, LLVMIsAInstruction, (LLVMValueRef value))                                       \
  F(LLVMValueRef, LLVMIsAGlobalValue, (LLVMValueRef value))                                       \
  F(LLVMValueRef, LLVMIsAGlobalAlias, (LLVMValueRef value))                                       \
  F(LLVMValueRef, LLVMIsAConstantInt, (LLVMValueRef value))                                       \
  F(LLVMValueRef, LLVMIsAConstantDataVector, (LLVMValueRef value))                                \
                                                                                                  \
  F(LLVMBool, LLVMIsDeclaration, (LLVMValueRef global))                                           \
  F(LLVMLinkage, LLVMGetLinkage, (LLVMValueRef global))                                           \
  F(void, LLVMSetLinkage, (LLVMValueRef global, LLVMLinkage linkage))                             \
  F(LLVMVisibility, LLVMGetVisibility, (LLVMValueRef global))                                     \
  F(void, LLVMSetVisibility, (LLVMValueRef global, LLVMVisibility viz))                           \
  F(const char *, LLVMGetSection, (LLVMValueRef global))                                          \
  F(void, LLVMSetSection, (LLVMValueRef global, const char *section))                             \
  F(LLVMComdatRef, LLVMGetComdat, (LLVMValueRef v))                                               \
  F(void, LLVMSetComdat, (LLVMValueRef v, LLVMComdatRef c))                                       \
  F(LLVMComdatSelectionKind, LLVMGetComdatSelectionKind, (LLVMComdatRef c))                       \
  F(LLVMTypeRef, LLVMGlobalGetValueType, (LLVMValueRef global))                                   \
  F(LLVMUnnamedAddr, LLVMGetUnnamedAddress, (LLVMValueRef global))                                \
  F(void, LLVMSetUnnamedAddress, (LLVMValueRef global, LLVMUnnamedAddr unnamedAddr))              \
  F(LLVMBool, LLVMIsThreadLocal, (LLVMValueRef globalVar))                                        \
  F(void, LLVMSetThreadLocal, (LLVMValueRef globalVar, LLVMBool isThreadLocal))                   \
  F(unsigned, LLVMGetAlignment, (LLVMValueRef v))                                                 \
  F(void, LLVMSetAlignment, (LLVMValueRef v, unsigned bytes))                                     \
  F(LLVMValueRef, LLVMGetInitializer, (LLVMValueRef globalVar))                                   \
  F(void, LLVMSetInitializer, (LLVMValueRef globalVar, LLVMValueRef constantVal))                 \
  F(void, LLVMSetGlobalConstant, (LLVMValueRef globalVar, LLVMBool isConstant))                   \
  F(LLVMBool, LLVMIsGlobalConstant, (LLVMValueRef globalVar))                                     \
  F(LLVMValueMetadataEntry *, LLVMGlobalCopyAllMetadata,                                          \
    (LLVMValueRef value, size_t *numEntries))                                                     \
  F(unsigned, LLVMValueMetadataEntriesGetKind,                                                    \
    (LLVMValueMetadataEntry * entries, unsigned index))                                           \
  F(void, LLVMDisposeValueMetadataEntries, (LLVMValueMetadataEntry * entries))                    \
  F(unsigned, LLVMGetMDKindIDInContext, (LLVMContextRef c, const char *name, unsigned sLen))      \
  F(LLVMValueRef, LLVMAliasGetAliasee, (LLVMValueRef alias))                                      \
  F(void, LLVMAliasSetAliasee, (LLVMValueRef alias, LLVMValueRef aliasee))                        \
  F(void, LLVMEraseGlobalIFunc, (LLVMValueRef iFunc))                                             \
  F(LLVMValueRef, LLVMGetGlobalIFuncResolver, (LLVMValueRef iFunc))                               \
  F(void, LLVMSetDLLStorageClass, (LLVMValueRef global, LLVMDLLStorageClass class))               \
                                                                                                  \
  F(unsigned, LLVMGetIntrinsicID, (LLVMValueRef fn))                                              \
  F(const char *, LLVMIntrinsicGetName, (unsigned id, size_t *nameLength))                        \
  F(LLVMBool, LLVMIntrinsicIsOverloaded, (unsigned id))                                           \
  F(unsigned, LLVMLookupIntrinsicID, (const char *name, size_t nameLen))                          \
  F(LLVMValueRef, LLVMGetIntrinsicDeclaration,                                                    \
    (LLVMModuleRef mod, unsigned id, LLVMTypeRef *paramTypes, size_t paramCount))                 \
  F(unsigned, LLVMGetFunctionCallConv, (LLVMValueRef fn))                                         \
  F(void, LLVMSetFunctionCallConv, (LLVMValueRef fn, unsigned cc))                                \
  F(unsigned, LLVMGetInstructionCallConv, (LLVMValueRef instr))                                   \
  F(void, LLVMSetInstructionCallConv, (LLVMValueRef instr, unsigned cc))                          \
  F(unsigned, LLVMCountParams, (LLVMValueRef fn))                                                 \
  F(LLVMValueRef, LLVMGetParam, (LLVMValueRef fn, unsigned index))                                \
  F(unsigned, LLVMCountBasicBlocks, (LLVMValueRef fn))                                            \
  F(LLVMBasicBlockRef, LLVMGetFirstBasicBlock, (LLVMValueRef fn))                                 \
  F(LLVMBasicBlockRef, LLVMGetNextBasicBlock, (LLVMBasicBlockRef bb))                             \
  F(LLVMValueRef, LLVMGetFirstInstruction, (LLVMBasicBlockRef bb))                                \
  F(LLVMValueRef, LLVMGetNextInstruction, (LLVMValueRef inst))                                    \
  F(LLVMBasicBlockRef, LLVMGetInstructionParent, (LLVMValueRef inst))                             \
  F(LLVMValueRef, LLVMGetBasicBlockParent, (LLVMBasicBlockRef bb))                                \
  F(LLVMValueRef, LLVMBasicBlockAsValue, (LLVMBasicBlockRef bb))                                  \
  F(LLVMOpcode, LLVMGetInstructionOpcode, (LLVMValueRef inst))                                    \
  F(LLVMRealPredicate, LLVMGetFCmpPredicate, (LLVMValueRef inst))                                 \
  F(LLVMAtomicOrdering, LLVMGetOrdering, (LLVMValueRef memoryAccessInst))                         \
  F(LLVMAtomicRMWBinOp, LLVMGetAtomicRMWBinOp, (LLVMValueRef atomicRMWInst))                      \
  F(LLVMAtomicOrdering, LLVMGetCmpXchgSuccessOrdering, (LLVMValueRef cmpXchgInst))                \
  F(LLVMAtomicOrdering, LLVMGetCmpXchgFailureOrdering, (LLVMValueRef cmpXchgInst))                \
  F(unsigned, LLVMGetNumArgOperands, (LLVMValueRef instr))                                        \
  F(LLVMValueRef, LLVMGetCalledValue, (LLVMValueRef instr))                                       \
  F(LLVMTypeRef, LLVMGetCalledFunctionType, (LLVMValueRef c))                                     \
  F(void, LLVMInstructionEraseFromParent, (LLVMValueRef inst))                                    \
  F(LLVMMetadataRef, LLVMInstructionGetDebugLoc, (LLVMValueRef inst))                             \
  F(void, LLVMInstructionSetDebugLoc, (LLVMValueRef inst, LLVMMetadataRef loc))                   \
  F(LLVMFastMathFlags, LLVMGetFastMathFlags, (LLVMValueRef fPMathInst))                           \
  F(void, LLVMSetFastMathFlags, (LLVMValueRef fPMathInst, LLVMFastMathFlags fmf))                 \
  F(LLVMBool, LLVMCanValueUseFastMathFlags, (LLVMValueRef inst))                                  \
  F(LLVMBool, LLVMIsTailCall, (LLVMValueRef callInst))                                            \
  F(void, LLVMSetTailCallKind, (LLVMValueRef callInst, LLVMTailCallKind kind))                    \
  F(LLVMTailCallKind, LLVMGetTailCallKind, (LLVMValueRef callInst))                               \
  F(int, LLVMHasMetadata, (LLVMValueRef val))                                                     \
  F(unsigned, LLVMGetNumOperandBundles, (LLVMValueRef c))                                         \
                                                                                                  \
  F(LLVMTypeKind, LLVMGetTypeKind, (LLVMTypeRef ty))                                              \
  F(char *, LLVMPrintTypeToString, (LLVMTypeRef val))                                             \
  F(LLVMTypeRef, LLVMGetElementType, (LLVMTypeRef ty))                                            \
  F(unsigned, LLVMGetVectorSize, (LLVMTypeRef vectorTy))                                          \
  F(uint64_t, LLVMGetArrayLength2, (LLVMTypeRef arrayTy))                                         \
  F(unsigned, LLVMGetIntTypeWidth, (LLVMTypeRef integerTy))                                       \
  F(LLVMTypeRef, LLVMGetReturnType, (LLVMTypeRef functionTy))                                     \
  F(unsigned, LLVMCountParamTypes, (LLVMTypeRef functionTy))                                      \
  F(void, LLVMGetParamTypes, (LLVMTypeRef functionTy, LLVMTypeRef *dest))                         \
  F(LLVMBool, LLVMIsFunctionVarArg, (LLVMTypeRef functionTy))                                     \
  F(LLVMTypeRef, LLVMFunctionType,                                                                \
    (LLVMTypeRef returnType, LLVMTypeRef *paramTypes, unsigned paramCount, LLVMBool isVarArg))    \
  F(LLVMTypeRef, LLVMVoidTypeInContext, (LLVMContextRef c))                                       \
  F(LLVMTypeRef, LLVMIntTypeInContext, (LLVMContextRef c, unsigned numBits))                      \
  F(LLVMTypeRef, LLVMHalfTypeInContext, (LLVMContextRef c))                                       \
  F(LLVMTypeRef, LLVMBFloatTypeInContext, (LLVMContextRef c))                                     \
  F(LLVMTypeRef, LLVMFloatTypeInContext, (LLVMContextRef c))                                      \
  F(LLVMTypeRef, LLVMDoubleTypeInContext, (LLVMContextRef c))                                     \
  F(LLVMTypeRef, LLVMX86FP80TypeInContext, (LLVMContextRef c))                                    \
  F(LLVMTypeRef, LLVMFP128TypeInContext, (LLVMContextRef c))                                      \
  F(LLVMTypeRef, LLVMPPCFP128TypeInContext, (LLVMContextRef c))                                   \
  F(LLVMTypeRef, LLVMPointerTypeInContext, (LLVMContextRef c, unsigned addressSpace))             \
  F(LLVMTypeRef, LLVMVectorType, (LLVMTypeRef elementType, unsigned elementCount))                \
  F(LLVMTypeRef, LLVMArrayType2, (LLVMTypeRef elementType, uint64_t elementCount))                \
  F(LLVMTypeRef, LLVMStructTypeInContext,                                                         \
    (LLVMContextRef c, LLVMTypeRef *elementTypes, unsigned elementCount, LLVMBool packed))        \
  F(unsigned, LLVMCountStructElementTypes, (LLVMTypeRef structTy))                                \
  F(LLVMTypeRef, LLVMStructGetTypeAtIndex, (LLVMTypeRef structTy, unsigned i))                    \
  F(LLVMTypeRef, LLVMMetadataTypeInContext, (LLVMContextRef c))                                   \
                                                                                                  \
  F(unsigned, LLVMGetEnumAttributeKindForName, (const char *name, size_t sLen))                   \
  F(LLVMAttributeRef, LLVMCreateEnumAttribute, (LLVMContextRef c, unsigned kindID, uint64_t val)) \
  F(LLVMAttributeRef, LLVMCreateStringAttribute,                                                  \
    (LLVMContextRef c, const char *k, unsigned kLength, const char *v, unsigned vLength))         \
  F(uint64_t, LLVMGetEnumAttributeValue, (LLVMAttributeRef a))                                    \
  F(void, LLVMAddAttributeAtIndex, (LLVMValueRef f, LLVMAttributeIndex idx, LLVMAttributeRef a))  \
  F(LLVMAttributeRef, LLVMGetStringAttributeAtIndex,                                              \
    ( LLVMValueRef f, LLVMAttributeIndex idx, const char *k, unsigned kLen))                      \
  F(LLVMAttributeRef, LLVMGetEnumAttributeAtIndex,                                                \
    (LLVMValueRef f, LLVMAttributeIndex idx, unsigned kindID))                                    \
  F(const char *, LLVMGetStringAttributeValue, (LLVMAttributeRef a, unsigned *length))            \
  F(void, LLVMRemoveStringAttributeAtIndex,                                                       \
    (LLVMValueRef f, LLVMAttributeIndex idx, const char *k, unsigned kLen))                       \
  F(void, LLVMRemoveEnumAttributeAtIndex,                                                         \
    (LLVMValueRef f, LLVMAttributeIndex idx, unsigned kindID))                                    \
  F(void, LLVMAddCallSiteAttribute, (LLVMValueRef c, LLVMAttributeIndex idx, LLVMAttributeRef a)) \
  F(LLVMAttributeRef, LLVMGetCallSiteEnumAttribute,                                               \
    (LLVMValueRef c, LLVMAttributeIndex idx, unsigned kindID))                                    \
  F(LLVMAttributeRef, LLVMGetCallSiteStringAttribute,                                             \
    ( LLVMValueRef c, LLVMAttributeIndex idx, const char *k, unsigned kLen))                      \
  F(void, LLVMRemoveCallSiteEnumAttribute,                                                        \
    (LLVMValueRef c, LLVMAttributeIndex idx, unsigned kindID))                                    \
  F(void, LLVMRemoveCallSiteStringAttribute,                                                      \
    (LLVMValueRef c, LLVMAttributeIndex idx, const char *k, unsigned kLen))                       \
                                                                                                  \
  F(LLVMBuilderRef, LLVMCreateBuilderInContext, (LLVMContextRef c))                               \
  F(void, LLVMDisposeBuilder, (LLVMBuilderRef builder))                                           \
  F(void, LLVMPositionBuilderBefore, (LLVMBuilderRef builder, LLVMValueRef instr))                \
  F(void, LLVMPositionBuilderAtEnd, (LLVMBuilderRef builder, LLVMBasicBlockRef block))            \
  F(LLVMBasicBlockRef, LLVMAppendBasicBlockInContext,                                             \
    (LLVMContextRef c, LLVMValueRef fn, const char *name))                                        \
  F(LLVMValueRef, LLVMBuildCall2,                                                                 \
    (LLVMBuilderRef, LLVMTypeRef, LLVMValueRef fn, LLVMValueRef *args, unsigned numArgs, const    \
     char *name))                                                                                 \
  F(LLVMValueRef, LLVMBuildLoad2,                                                                 \
    (LLVMBuilderRef, LLVMTypeRef ty, LLVMValueRef pointerVal, const char *name))                  \
  F(LLVMValueRef, LLVMBuildStore, (LLVMBuilderRef, LLVMValueRef val, LLVMValueRef ptr))           \
  F(LLVMValueRef, LLVMBuildRetVoid, (LLVMBuilderRef))                                             \
  F(LLVMValueRef, LLVMBuildRet, (LLVMBuilderRef, LLVMValueRef v))                                 \
  F(LLVMValueRef, LLVMBuildFRem,                                                                  \
    (LLVMBuilderRef, LLVMValueRef lhs, LLVMValueRef rhs, const char *name))                       \
  F(LLVMValueRef, LLVMBuildBinOp,                                                                 \
    (LLVMBuilderRef b, LLVMOpcode op, LLVMValueRef lhs, LLVMValueRef rhs, const char *name))      \
  F(LLVMValueRef, LLVMBuildShuffleVector,                                                         \
    (LLVMBuilderRef builder, LLVMValueRef v1, LLVMValueRef v2, LLVMValueRef mask,                 \
     const char *name))                                                                           \
  F(LLVMValueRef, LLVMBuildExtractElement,                                                        \
    (LLVMBuilderRef, LLVMValueRef vecVal, LLVMValueRef index, const char *name))                  \
  F(LLVMValueRef, LLVMBuildInsertElement,                                                         \
    (LLVMBuilderRef, LLVMValueRef vecVal, LLVMValueRef eltVal, LLVMValueRef index, const char     \
     *name))                                                                                      \
  F(LLVMValueRef, LLVMBuildExtractValue,                                                          \
    (LLVMBuilderRef, LLVMValueRef aggVal, unsigned index, const char *name))                      \
  F(LLVMValueRef, LLVMBuildInsertValue,                                                           \
    (LLVMBuilderRef, LLVMValueRef aggVal, LLVMValueRef eltVal, unsigned index, const char *name)) \
  F(LLVMValueRef, LLVMBuildBitCast,                                                               \
    (LLVMBuilderRef, LLVMValueRef val, LLVMTypeRef destTy, const char *name))                     \
  F(LLVMValueRef, LLVMBuildFPTrunc,                                                               \
    (LLVMBuilderRef, LLVMValueRef val, LLVMTypeRef destTy, const char *name))                     \
  F(LLVMValueRef, LLVMBuildFPExt,                                                                 \
    (LLVMBuilderRef, LLVMValueRef val, LLVMTypeRef destTy, const char *name))                     \
  F(LLVMValueRef, LLVMBuildICmp,                                                                  \
    (LLVMBuilderRef, LLVMIntPredicate op, LLVMValueRef lhs, LLVMValueRef rhs, const char *name))  \
  F(LLVMValueRef, LLVMBuildBr, (LLVMBuilderRef, LLVMBasicBlockRef dest))                          \
                                                                                                  \
  F(LLVMValueRef, LLVMConstInt, (LLVMTypeRef intTy, unsigned long long n, LLVMBool signExtend))   \
  F(LLVMValueRef, LLVMConstReal, (LLVMTypeRef realTy, double n))                                  \
  F(LLVMValueRef, LLVMConstNull, (LLVMTypeRef ty))                                                \
  F(LLVMValueRef, LLVMGetPoison, (LLVMTypeRef ty))                                                \
  F(LLVMValueRef, LLVMGetUndef, (LLVMTypeRef ty))                                                 \
  F(LLVMValueRef, LLVMConstArray2,                                                                \
    (LLVMTypeRef elementTy, LLVMValueRef *constantVals, uint64_t length))                         \
  F(LLVMValueRef, LLVMConstPointerNull, (LLVMTypeRef ty))                                         \
  F(LLVMValueRef, LLVMConstVector, (LLVMValueRef *scalarConstantVals, unsigned size))             \
  F(LLVMMetadataRef, LLVMMDStringInContext2, (LLVMContextRef c, const char *str, size_t sLen))    \
  F(LLVMValueRef, LLVMMetadataAsValue, (LLVMContextRef c, LLVMMetadataRef md))                    \
  F(unsigned long long, LLVMConstIntGetZExtValue, (LLVMValueRef constantVal))                     \
  F(double, LLVMConstRealGetDouble, (LLVMValueRef constantVal, LLVMBool *losesInfo))              \
  F(LLVMValueRef, LLVMBuildAtomicRMW,                                                             \
    (LLVMBuilderRef b, LLVMAtomicRMWBinOp op, LLVMValueRef ptr, LLVMValueRef val,                 \
     LLVMAtomicOrdering ordering, LLVMBool singleThread))                                         \
                                                                                                  \
  F(LLVMErrorRef, LLVMRunPasses,                                                                  \
    (LLVMModuleRef m, const char *passes, LLVMTargetMachineRef tm, LLVMPassBuilderOptionsRef      \
     options))                                                                                    \
  F(LLVMErrorRef, LLVMRunPassesOnFunction,                                                        \
    (LLVMValueRef f, const char *passes, LLVMTargetMachineRef tm, LLVMPassBuilderOptionsRef       \
     options))                                                                                    \
  F(LLVMPassBuilderOptionsRef, LLVMCreatePassBuilderOptions, (void))                              \
  F(LLVMPassManagerRef, LLVMCreateFunctionPassManagerForModule, (LLVMModuleRef m))                \
  F(LLVMBool, LLVMRunFunctionPassManager, (LLVMPassManagerRef fpm, LLVMValueRef f))               \
  F(void, LLVMDisposePassManager, (LLVMPassManagerRef pm))                                        \
  F(void, LLVMDisposePassBuilderOptions, (LLVMPassBuilderOptionsRef options))                     \
  F(void, LLVMPassBuilderOptionsSetInlinerThreshold,                                              \
    (LLVMPassBuilderOptionsRef options, int threshold))                                           \
  F(void, LLVMPassBuilderOptionsSetVerifyEach,                                                    \
    (LLVMPassBuilderOptionsRef options, LLVMBool verifyEach))                                     \
  F(void, LLVMPassBuilderOptionsSetLoopVectorization,                                             \
    (LLVMPassBuilderOptionsRef options, LLVMBool loopVectorization))                              \
  F(void, LLVMPassBuilderOptionsSetSLPVectorization,                                              \
    (LLVMPassBuilderOptionsRef options, LLVMBool sLPVectorization))                               \
  F(void, LLVMPassBuilderOptionsSetLoopInterleaving,                                              \
    (LLVMPassBuilderOptionsRef options, LLVMBool loopInterleaving))                               \
  F(void, LLVMPassBuilderOptionsSetLoopUnrolling,                                                 \
    (LLVMPassBuilderOptionsRef options, LLVMBool loopUnrolling))                                  \
  F(void, LLVMPassBuilderOptionsSetMergeFunctions,                                                \
    (LLVMPassBuilderOptionsRef options, LLVMBool mergeFunctions))                                 \
  F(char *, LLVMGetErrorMessage, (LLVMErrorRef err))                                              \
  F(void, LLVMDisposeErrorMessage, (char *errMsg))                                                \
  F(void, LLVMConsumeError, (LLVMErrorRef err))                                                   \
                                                                                                  \
  F(void, LLVMInitializeX86TargetInfo, (void))                                                    \
  F(void, LLVMInitializeX86Target, (void))                                                        \
  F(void, LLVMInitializeX86TargetMC, (void))                                                      \
  F(void, LLVMInitializeX86AsmPrinter, (void))                                                    \
  F(void, LLVMInitializeX86AsmParser, (void))                                                     \
  F(void, LLVMInitializeAArch64TargetInfo, (void))                                                \
  F(void, LLVMInitializeAArch64Target, (void))                                                    \
  F(void, LLVMInitializeAArch64TargetMC, (void))                                                  \
  F(void, LLVMInitializeAArch64AsmPrinter, (void))                                                \
  F(void, LLVMInitializeAArch64AsmParser, (void))                                                 \
  F(void, LLVMInitializeAMDGPUTargetInfo, (void))                                                 \
  F(void, LLVMInitializeAMDGPUTarget, (void))                                                     \
  F(void, LLVMInitializeAMDGPUTargetMC, (void))                                                   \
  F(void, LLVMInitializeAMDGPUAsmPrinter, (void))                                                 \
  F(void, LLVMInitializeAMDGPUAsmParser, (void))                                                  \
  F(void, LLVMInitializeNVPTXTargetInfo, (void))                                                  \
  F(void, LLVMInitializeNVPTXTarget, (void))                                                      \
  F(void, LLVMInitializeNVPTXTargetMC, (void))                                                    \
  F(void, LLVMInitializeNVPTXAsmPrinter, (void))                                                  \
                                                                                                  \
  F(LLVMBool, LLVMGetTargetFromTriple,                                                            \
    (const char *triple, LLVMTargetRef *t, char **errorMessage))                                  \
  F(LLVMTargetMachineRef, LLVMCreateTargetMachine,                                                \
    ( LLVMTargetRef t, const char *triple, const char *cpu, const char *features,                 \
     LLVMCodeGenOptLevel level, LLVMRelocMode reloc, LLVMCodeModel codeModel))                    \
  F(void, LLVMDisposeTargetMachine, (LLVMTargetMachineRef t))                                     \
  F(LLVMBool, LLVMTargetMachineEmitToMemoryBuffer,                                                \
    ( LLVMTargetMachineRef t, LLVMModuleRef m, LLVMCodeGenFileType codegen, char **errorMessage,  \
     LLVMMemoryBufferRef *outMemBuf))                                                             \
  F(LLVMTargetDataRef, LLVMCreateTargetDataLayout, (LLVMTargetMachineRef t))                      \
  F(char *, LLVMCopyStringRepOfTargetData, (LLVMTargetDataRef td))                                \
  F(void, LLVMDisposeTargetData, (LLVMTargetDataRef td))                                          \
  F(char *, LLVMNormalizeTargetTriple, (const char *triple))                                      \
  F(char *, LLVMGetHostCPUName, (void))                                                           \
  F(char *, LLVMGetHostCPUFeatures, (void))                                                       \
  F(char *, LLVMGetDefaultTargetTriple, (void))                                                   \
  F(void, LLVMSetTargetMachineAsmVerbosity, (LLVMTargetMachineRef t, LLVMBool verboseAsm))        \
  F(LLVMBool, LLVMStripModuleDebugInfo, (LLVMModuleRef module))

// What Apus adds to LLVM's functions: F(result, name, (parameters)). Only the library that setup links has it.
//
// A linker takes the modules linked in, also where it fails, and must be gone before its destination is.
#define APUS_LLVM_EXTENSIONS(F)                                                                   \
  F(ApusLLVMModuleLinkerRef, ApusLLVMCreateModuleLinker, (LLVMModuleRef destination))             \
  F(LLVMBool, ApusLLVMLinkInModule, (ApusLLVMModuleLinkerRef linker, LLVMModuleRef source))       \
  F(void, ApusLLVMDisposeModuleLinker, (ApusLLVMModuleLinkerRef linker))

// The constants relied upon: C(LLVM's name, value).
#define APUS_LLVM_CONSTANTS(C)                                                                    \
  C(LLVMDSError, 0)                                                                               \
  C(LLVMDSWarning, 1)                                                                             \
  C(LLVMDSRemark, 2)                                                                              \
  C(LLVMDSNote, 3)                                                                                \
  C(LLVMExternalLinkage, 0)                                                                       \
  C(LLVMAvailableExternallyLinkage, 1)                                                            \
  C(LLVMLinkOnceAnyLinkage, 2)                                                                    \
  C(LLVMLinkOnceODRLinkage, 3)                                                                    \
  C(LLVMWeakAnyLinkage, 5)                                                                        \
  C(LLVMWeakODRLinkage, 6)                                                                        \
  C(LLVMAppendingLinkage, 7)                                                                      \
  C(LLVMInternalLinkage, 8)                                                                       \
  C(LLVMPrivateLinkage, 9)                                                                        \
  C(LLVMExternalWeakLinkage, 12)                                                                  \
  C(LLVMCommonLinkage, 14)                                                                        \
  C(LLVMDefaultVisibility, 0)                                                                     \
  C(LLVMHiddenVisibility, 1)                                                                      \
  C(LLVMProtectedVisibility, 2)                                                                   \
  C(LLVMRet, 1)                                                                                   \
  C(LLVMBr, 2)                                                                                    \
  C(LLVMInvoke, 5)                                                                                \
  C(LLVMCallBr, 67)                                                                               \
  C(LLVMFRem, 19)                                                                                 \
  C(LLVMSRem, 18)                                                                                 \
  C(LLVMURem, 17)                                                                                 \
  C(LLVMSDiv, 15)                                                                                 \
  C(LLVMUDiv, 14)                                                                                 \
  C(LLVMCall, 45)                                                                                 \
  C(LLVMFPTrunc, 37)                                                                              \
  C(LLVMFPExt, 38)                                                                                \
  C(LLVMFPToSI, 34)                                                                               \
  C(LLVMFPToUI, 33)                                                                               \
  C(LLVMSIToFP, 36)                                                                               \
  C(LLVMUIToFP, 35)                                                                               \
  C(LLVMFAdd, 9)                                                                                  \
  C(LLVMFSub, 11)                                                                                 \
  C(LLVMFMul, 13)                                                                                 \
  C(LLVMFDiv, 16)                                                                                 \
  C(LLVMFCmp, 43)                                                                                 \
  C(LLVMSub, 10)                                                                                  \
  C(LLVMMul, 12)                                                                                  \
  C(LLVMAtomicRMW, 57)                                                                            \
  C(LLVMAtomicCmpXchg, 56)                                                                        \
  C(LLVMLoad, 27)                                                                                 \
  C(LLVMStore, 28)                                                                                \
  C(LLVMVoidTypeKind, 0)                                                                          \
  C(LLVMHalfTypeKind, 1)                                                                          \
  C(LLVMFloatTypeKind, 2)                                                                         \
  C(LLVMDoubleTypeKind, 3)                                                                        \
  C(LLVMX86_FP80TypeKind, 4)                                                                      \
  C(LLVMFP128TypeKind, 5)                                                                         \
  C(LLVMPPC_FP128TypeKind, 6)                                                                     \
  C(LLVMLabelTypeKind, 7)                                                                         \
  C(LLVMIntegerTypeKind, 8)                                                                       \
  C(LLVMFunctionTypeKind, 9)                                                                      \
  C(LLVMStructTypeKind, 10)                                                                       \
  C(LLVMArrayTypeKind, 11)                                                                        \
  C(LLVMPointerTypeKind, 12)                                                                      \
  C(LLVMVectorTypeKind, 13)                                                                       \
  C(LLVMMetadataTypeKind, 14)                                                                     \
  C(LLVMScalableVectorTypeKind, 17)                                                               \
  C(LLVMBFloatTypeKind, 18)                                                                       \
  C(LLVMReturnStatusAction, 2)                                                                    \
  C(LLVMCodeGenLevelNone, 0)                                                                      \
  C(LLVMCodeGenLevelLess, 1)                                                                      \
  C(LLVMCodeGenLevelDefault, 2)                                                                   \
  C(LLVMCodeGenLevelAggressive, 3)                                                                \
  C(LLVMRelocDefault, 0)                                                                          \
  C(LLVMRelocStatic, 1)                                                                           \
  C(LLVMRelocPIC, 2)                                                                              \
  C(LLVMCodeModelDefault, 0)                                                                      \
  C(LLVMCodeModelSmall, 3)                                                                        \
  C(LLVMCodeModelMedium, 5)                                                                       \
  C(LLVMCodeModelLarge, 6)                                                                        \
  C(LLVMObjectFile, 1)                                                                            \
  C(LLVMAssemblyFile, 0)                                                                          \
  C(LLVMFunctionValueKind, 5)                                                                     \
  C(LLVMGlobalAliasValueKind, 6)                                                                  \
  C(LLVMGlobalIFuncValueKind, 7)                                                                  \
  C(LLVMGlobalVariableValueKind, 8)                                                               \
  C(LLVMBlockAddressValueKind, 9)                                                                 \
  C(LLVMInstructionValueKind, 24)                                                                 \
  C(LLVMConstantFPValueKind, 19)                                                                  \
  C(LLVMConstantIntValueKind, 18)                                                                 \
  C(LLVMTailCallKindNone, 0)                                                                      \
  C(LLVMTailCallKindMustTail, 2)                                                                  \
  C(LLVMTailCallKindNoTail, 3)                                                                    \
  C(LLVMAnyComdatSelectionKind, 0)                                                                \
  C(LLVMExactMatchComdatSelectionKind, 1)                                                         \
  C(LLVMLargestComdatSelectionKind, 2)                                                            \
  C(LLVMNoDeduplicateComdatSelectionKind, 3)                                                      \
  C(LLVMSameSizeComdatSelectionKind, 4)                                                           \
  C(LLVMFastMathAllowReassoc, 1)                                                                  \
  C(LLVMFastMathNoNaNs, 2)                                                                        \
  C(LLVMFastMathAllowContract, 32)                                                                \
  C(LLVMFastMathApproxFunc, 64)                                                                   \
  C(LLVMFastMathAll, 127)                                                                         \
  C(LLVMNoUnnamedAddr, 0)                                                                         \
  C(LLVMGlobalUnnamedAddr, 2)                                                                     \
  C(LLVMLocalUnnamedAddr, 1)                                                                      \
  C(LLVMModuleFlagBehaviorOverride, 3)

#ifndef APUS_LLVM_NATIVE_TYPES

enum {
#define APUS_CONSTANT(name, value) APUS_##name = value,
  APUS_LLVM_CONSTANTS(APUS_CONSTANT)
#undef APUS_CONSTANT
};

/// One pointer a function, all filled or the table is not handed out.
typedef struct apus_llvm_table {
#define APUS_FIELD(result, name, parameters) result(*_Nonnull name) parameters;
  APUS_LLVM_FUNCTIONS(APUS_FIELD)
#undef APUS_FIELD
} apus_llvm_table;

/// Apus's own functions, null where the library lacks them.
typedef struct apus_llvm_extension_table {
#define APUS_FIELD(result, name, parameters) result(*_Nullable name) parameters;
  APUS_LLVM_EXTENSIONS(APUS_FIELD)
#undef APUS_FIELD
} apus_llvm_extension_table;

/// The functions' names, in the order of the table's fields.
const char *_Nonnull const *_Nonnull apus_llvm_symbol_names(void);

/// The same of Apus's own functions.
const char *_Nonnull const *_Nonnull apus_llvm_extension_symbol_names(void);

#endif  // APUS_LLVM_NATIVE_TYPES

#pragma clang diagnostic pop

#endif  // CAPUS_LLVM_H_
