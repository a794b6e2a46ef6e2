#include "CApusMLIR.h"

static const char *const names[] = {
#define APUS_NAME(result, name, parameters) #name,
    APUS_MLIR_FUNCTIONS(APUS_NAME)
#undef APUS_NAME
};

_Static_assert(sizeof(names) == sizeof(apus_mlir_table), "one pointer a function");

const char *const *apus_mlir_symbol_names(void) { return names; }
