// The catalogue: a name and an evaluator each. Most are MPFR's, correctly rounded to the working precision.

#include "CExactMath.h"
#include "Functions.h"

#include <string.h>

struct exact_function {
  const char *name;
  int arity;
  evaluator *evaluate;
};

#define UNARY(name, function)                                      \
  static void name##_value(mpfr_t result, const mpfr_t *a) {       \
    function(result, a[0], MPFR_RNDN);                             \
  }
#define BINARY(name, function)                                     \
  static void name##_value(mpfr_t result, const mpfr_t *a) {       \
    function(result, a[0], a[1], MPFR_RNDN);                       \
  }
#define ROUNDING(name, function)                                   \
  static void name##_value(mpfr_t result, const mpfr_t *a) {       \
    function(result, a[0]);                                        \
  }

UNARY(sin, mpfr_sin)
UNARY(cos, mpfr_cos)
UNARY(tan, mpfr_tan)
UNARY(sinh, mpfr_sinh)
UNARY(cosh, mpfr_cosh)
UNARY(tanh, mpfr_tanh)
UNARY(asin, mpfr_asin)
UNARY(acos, mpfr_acos)
UNARY(atan, mpfr_atan)
UNARY(asinh, mpfr_asinh)
UNARY(acosh, mpfr_acosh)
UNARY(atanh, mpfr_atanh)
UNARY(exp, mpfr_exp)
UNARY(exp2, mpfr_exp2)
UNARY(expm1, mpfr_expm1)
UNARY(log, mpfr_log)
UNARY(log2, mpfr_log2)
UNARY(log10, mpfr_log10)
UNARY(log1p, mpfr_log1p)
UNARY(sqrt, mpfr_sqrt)
UNARY(cbrt, mpfr_cbrt)
UNARY(erf, mpfr_erf)
UNARY(erfc, mpfr_erfc)
UNARY(digamma, mpfr_digamma)
BINARY(pow, mpfr_pow)
BINARY(atan2, mpfr_atan2)
BINARY(fmod, mpfr_fmod)
ROUNDING(round, mpfr_round)
ROUNDING(roundeven, mpfr_roundeven)
ROUNDING(floor, mpfr_floor)
ROUNDING(ceil, mpfr_ceil)
ROUNDING(trunc, mpfr_trunc)

// MPFR makes 1/sqrt(-0) +infinity; IEEE 754's rSqrt has -infinity.
static void rsqrt_value(mpfr_t result, const mpfr_t *a) {
  mpfr_rec_sqrt(result, a[0], MPFR_RNDN);
  if (mpfr_zero_p(a[0])) mpfr_set_inf(result, mpfr_signbit(a[0]) ? -1 : 1);
}

static void lgamma_value(mpfr_t result, const mpfr_t *a) {
  int sign;
  mpfr_lgamma(result, &sign, a[0], MPFR_RNDN);
}

// The second argument is an integer of 32 bits.
static void powi_value(mpfr_t result, const mpfr_t *a) {
  mpfr_pow_si(result, a[0], mpfr_get_si(a[1], MPFR_RNDN), MPFR_RNDN);
}

#define ENTRY(name, arity) { #name, arity, name##_value }

static const exact_function functions[] = {
  ENTRY(sin, 1), ENTRY(cos, 1), ENTRY(tan, 1), ENTRY(sinh, 1), ENTRY(cosh, 1), ENTRY(tanh, 1),
  ENTRY(asin, 1), ENTRY(acos, 1), ENTRY(atan, 1), ENTRY(asinh, 1), ENTRY(acosh, 1), ENTRY(atanh, 1),
  ENTRY(exp, 1), ENTRY(exp2, 1), ENTRY(expm1, 1),
  ENTRY(log, 1), ENTRY(log2, 1), ENTRY(log10, 1), ENTRY(log1p, 1),
  ENTRY(sqrt, 1), ENTRY(rsqrt, 1), ENTRY(cbrt, 1), ENTRY(erf, 1), ENTRY(erfc, 1),
  ENTRY(lgamma, 1), ENTRY(digamma, 1),
  ENTRY(pow, 2), ENTRY(powi, 2), ENTRY(atan2, 2), ENTRY(fmod, 2),
  ENTRY(round, 1), ENTRY(roundeven, 1), ENTRY(floor, 1), ENTRY(ceil, 1), ENTRY(trunc, 1),
  { "logistic", 1, logistic }, { "erf_inv", 1, erf_inv }, { "bessel_i1e", 1, bessel_i1e },
  { "zeta", 2, hurwitz_zeta }, { "polygamma", 2, polygamma },
};

const exact_function *exact_function_named(const char *name) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; ++i) {
    if (strcmp(functions[i].name, name) == 0) return &functions[i];
  }
  return NULL;
}

int exact_function_arity(const exact_function *function) { return function->arity; }

static exact_value taken_apart(mpfr_t number) {
  exact_value value = {.is_negative = mpfr_signbit(number)};
  if (mpfr_nan_p(number)) {
    value.kind = EXACT_NAN;
  } else if (mpfr_inf_p(number)) {
    value.kind = EXACT_INFINITE;
  } else if (mpfr_zero_p(number)) {
    value.kind = EXACT_ZERO;
  } else {
    value.kind = EXACT_FINITE;
    value.exponent = mpfr_get_exp(number);
    mpfr_set_exp(number, 0);
    // Towards zero, so that high stays below 1.
    value.high = mpfr_get_d(number, MPFR_RNDZ);
    mpfr_sub_d(number, number, value.high, MPFR_RNDN);
    value.low = mpfr_get_d(number, MPFR_RNDN);
  }
  return value;
}

exact_value exact_evaluate(const exact_function *function, const double *arguments) {
  mpfr_t result, exact_arguments[2];
  mpfr_init2(result, WORKING_PRECISION);
  for (int i = 0; i < 2; ++i) {
    mpfr_init2(exact_arguments[i], 53);
    mpfr_set_d(exact_arguments[i], i < function->arity ? arguments[i] : 0, MPFR_RNDN);
  }
  function->evaluate(result, (const mpfr_t *)exact_arguments);
  exact_value value = taken_apart(result);
  mpfr_clears(result, exact_arguments[0], exact_arguments[1], (mpfr_ptr)0);
  return value;
}
