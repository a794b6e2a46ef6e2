#include "CApusIREERuntime.h"

#define APUS_LAYOUT(type, size) _Static_assert(sizeof(type) == size, #type);
#define APUS_OFFSET(type, field, offset) \
  _Static_assert(offsetof(type, field) == offset, #type "." #field);
APUS_IREE_RUNTIME_LAYOUTS(APUS_LAYOUT, APUS_OFFSET)

static const char *const names[] = {
#define APUS_NAME(result, name, parameters) #name,
    APUS_IREE_RUNTIME_FUNCTIONS(APUS_NAME)
#undef APUS_NAME
};

_Static_assert(sizeof(names) == sizeof(apus_iree_runtime_table), "one pointer a function");

const char *const *apus_iree_runtime_symbol_names(void) { return names; }
