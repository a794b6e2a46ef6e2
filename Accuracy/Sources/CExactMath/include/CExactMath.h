// Exact values of math functions, to 106 bits: the truth that results are measured against.

#ifndef CEXACTMATH_H
#define CEXACTMATH_H

#include <stdbool.h>

enum exact_kind {
  EXACT_NAN,
  EXACT_ZERO,
  EXACT_FINITE,
  EXACT_INFINITE,
};

// A value that no machine type need hold: (high + low) * 2^exponent, with 0.5 <= |high| < 1.
typedef struct {
  enum exact_kind kind;
  // Also of a zero, as IEEE 754 and C's Annex F have it.
  bool is_negative;
  double high, low;
  long exponent;
} exact_value;

// A function of one to two numbers; integers among its arguments are given as numbers too.
typedef struct exact_function exact_function;

// The function of this name, as the catalogue in Functions.c has it; null if there is none.
const exact_function *_Nullable exact_function_named(const char *_Nonnull name);

// How many arguments it takes.
int exact_function_arity(const exact_function *_Nonnull function);

// The function's value. Safe on any thread.
exact_value exact_evaluate(const exact_function *_Nonnull function, const double *_Nonnull arguments);

#endif
