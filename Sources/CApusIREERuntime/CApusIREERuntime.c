#include "CApusIREERuntime.h"

#define APUS_LAYOUT(type, size) _Static_assert(sizeof(type) == size, #type);
#define APUS_OFFSET(type, field, offset) \
  _Static_assert(offsetof(type, field) == offset, #type "." #field);
APUS_IREE_RUNTIME_LAYOUTS(APUS_LAYOUT, APUS_OFFSET)

#define APUS_NAME(result, name, parameters) #name,
static const char *const names[] = {APUS_IREE_RUNTIME_FUNCTIONS(APUS_NAME)};
static const char *const optional_names[] = {APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(APUS_NAME)};

_Static_assert(sizeof(names) == sizeof(apus_iree_runtime_table), "one pointer a function");
_Static_assert(sizeof(optional_names) == sizeof(apus_iree_runtime_optional_table),
               "one pointer a function");

const char *const *apus_iree_runtime_symbol_names(void) { return names; }
const char *const *apus_iree_runtime_optional_symbol_names(void) { return optional_names; }

// References that a link may leave undefined, which are null then. They do not extract members of archives,
// so it takes the whole runtime as an object, or the linker's -u, to fill them.
//
// IREE's symbols are hidden: no dlsym finds them, in whatever way they are linked.
#ifdef __ELF__
#define APUS_WEAK(result, name, parameters) __attribute__((weak)) result name parameters;
APUS_IREE_RUNTIME_FUNCTIONS(APUS_WEAK)
APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(APUS_WEAK)
__attribute__((weak)) void iree_vm_list_get_ref_move(void);
#define APUS_ADDRESS(result, name, parameters) (const void *)name,
#else
#define APUS_ADDRESS(result, name, parameters) 0,
#endif

static const void *const addresses[] = {APUS_IREE_RUNTIME_FUNCTIONS(APUS_ADDRESS)};
static const void *const optional_addresses[] = {
    APUS_IREE_RUNTIME_OPTIONAL_FUNCTIONS(APUS_ADDRESS)};

const void *const *apus_iree_runtime_linked_addresses(void) { return addresses; }
const void *const *apus_iree_runtime_linked_optional_addresses(void) { return optional_addresses; }

bool apus_iree_runtime_linked_is_newer(void) {
#ifdef __ELF__
  return iree_vm_list_get_ref_move != 0;
#else
  return false;
#endif
}
