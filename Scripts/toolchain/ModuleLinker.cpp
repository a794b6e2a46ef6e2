// LLVM's linker of modules for callers of the C API, which has no more than LLVMLinkModules2: a linker for each module,
// that walks through all of the destination first.

#include "llvm/Linker/Linker.h"

#include "llvm-c/Core.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CBindingWrapping.h"

#define APUS_LLVM_NATIVE_TYPES
#include "CApusLLVM.h"

using namespace llvm;

DEFINE_SIMPLE_CONVERSION_FUNCTIONS(Linker, ApusLLVMModuleLinkerRef)

extern "C" {

#define APUS_DECLARE(result, name, parameters) result name parameters;
APUS_LLVM_EXTENSIONS(APUS_DECLARE)

ApusLLVMModuleLinkerRef ApusLLVMCreateModuleLinker(LLVMModuleRef destination) {
  return wrap(new Linker(*unwrap(destination)));
}

LLVMBool ApusLLVMLinkInModule(ApusLLVMModuleLinkerRef linker, LLVMModuleRef source) {
  return unwrap(linker)->linkInModule(std::unique_ptr<Module>(unwrap(source)));
}

void ApusLLVMDisposeModuleLinker(ApusLLVMModuleLinkerRef linker) { delete unwrap(linker); }
}
