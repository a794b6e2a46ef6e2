#include "CApusIREERuntime.h"

#define APUS_LAYOUT(type, size) _Static_assert(sizeof(type) == size, #type);
#define APUS_OFFSET(type, field, offset) \
  _Static_assert(offsetof(type, field) == offset, #type "." #field);
APUS_IREE_RUNTIME_LAYOUTS(APUS_LAYOUT, APUS_OFFSET)
APUS_IREE_RUNTIME_3_12_LAYOUTS(APUS_LAYOUT, APUS_OFFSET)

// References that a link may leave undefined, which are null then. They do not extract members of archives,
// so it takes the whole runtime as an object, or the linker's -u, to fill them.
//
// IREE's symbols are hidden: no dlsym finds them, in whatever way they are linked.
//
// A function that has other parameters since 3.12 is declared once, with those of 3.9: here its address alone
// matters.
#ifdef __ELF__
#define APUS_WEAK(result, name, parameters) __attribute__((weak)) result name parameters;
APUS_IREE_RUNTIME_FUNCTIONS(APUS_WEAK)
APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(APUS_WEAK)
APUS_IREE_RUNTIME_3_9_FUNCTIONS(APUS_WEAK)
APUS_IREE_RUNTIME_3_9_OPTIONAL_FUNCTIONS(APUS_WEAK)
APUS_IREE_RUNTIME_3_12_ADDED_FUNCTIONS(APUS_WEAK)
__attribute__((weak)) void iree_vm_list_get_ref_move(void);
#define APUS_ADDRESS(result, name, parameters) (const void *)name,
#else
#define APUS_ADDRESS(result, name, parameters) 0,
#endif

#define APUS_NAME(result, name, parameters) #name,
#define APUS_SYMBOLS(table, functions)                                              \
  apus_iree_runtime_symbols table##_symbols(void) {                                 \
    static const char *const names[] = {functions(APUS_NAME)};                      \
    static const void *const addresses[] = {functions(APUS_ADDRESS)};               \
    _Static_assert(sizeof(names) == sizeof(table), "one pointer a function");       \
    return (apus_iree_runtime_symbols){names, addresses};                           \
  }

APUS_SYMBOLS(apus_iree_runtime_table, APUS_IREE_RUNTIME_FUNCTIONS)
APUS_SYMBOLS(apus_iree_runtime_optional_table, APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS)
APUS_SYMBOLS(apus_iree_runtime_3_9_table, APUS_IREE_RUNTIME_3_9_FUNCTIONS)
APUS_SYMBOLS(apus_iree_runtime_3_9_optional_table, APUS_IREE_RUNTIME_3_9_OPTIONAL_FUNCTIONS)
APUS_SYMBOLS(apus_iree_runtime_3_12_table, APUS_IREE_RUNTIME_3_12_FUNCTIONS)
APUS_SYMBOLS(apus_iree_runtime_3_12_optional_table, APUS_IREE_RUNTIME_3_12_OPTIONAL_FUNCTIONS)

bool apus_iree_runtime_linked_is_since_3_10(void) {
#ifdef __ELF__
  return iree_vm_list_get_ref_move != 0;
#else
  return false;
#endif
}
