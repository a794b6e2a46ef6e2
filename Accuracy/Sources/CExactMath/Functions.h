// What the files of this library share.

#ifndef CEXACTMATH_FUNCTIONS_H
#define CEXACTMATH_FUNCTIONS_H

#if !__has_include(<mpfr.h>)
#error "MPFR is missing: run Scripts/setup --peers, or install libmpfr-dev"
#endif

#include <mpfr.h>

// Bits that intermediate results have; more than the 106 of a result, for what sums lose.
enum { WORKING_PRECISION = 192 };

typedef void evaluator(mpfr_t result, const mpfr_t *arguments);

// Functions that MPFR lacks.
evaluator logistic, erf_inv, bessel_i1e, hurwitz_zeta, polygamma;

#endif
