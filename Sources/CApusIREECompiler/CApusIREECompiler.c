#include "CApusIREECompiler.h"

static const char *const names[] = {
#define APUS_NAME(result, name, parameters) #name,
    APUS_IREE_COMPILER_FUNCTIONS(APUS_NAME) APUS_IREE_COMPILER_INTEROP_FUNCTIONS(APUS_NAME)
#undef APUS_NAME
};

_Static_assert(sizeof(names) == sizeof(apus_iree_compiler_table), "one pointer a function");

const char *const *apus_iree_compiler_symbol_names(void) { return names; }
