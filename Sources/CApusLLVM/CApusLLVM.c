#include "CApusLLVM.h"

static const char *const names[] = {
#define APUS_NAME(result, name, parameters) #name,
    APUS_LLVM_FUNCTIONS(APUS_NAME)
};

static const char *const extension_names[] = {APUS_LLVM_EXTENSIONS(APUS_NAME)};
#undef APUS_NAME

_Static_assert(sizeof(names) == sizeof(apus_llvm_table), "one pointer a function");
_Static_assert(sizeof(extension_names) == sizeof(apus_llvm_extension_table), "one pointer a function");

#define APUS_SIZE(name, size) _Static_assert(sizeof(name) == size, "size of " #name);
APUS_LLVM_SIZES(APUS_SIZE)

const char *const *apus_llvm_symbol_names(void) { return names; }

const char *const *apus_llvm_extension_symbol_names(void) { return extension_names; }
