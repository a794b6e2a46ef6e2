// Functions that MPFR lacks, to about the working precision. Where a sum is taken, its terms have one sign, or
// the largest of them is the result's size.

#include "Functions.h"

#include <stdbool.h>

static const mpfr_rnd_t nearest = MPFR_RNDN;

// Whether adding `term` to `sum` changes it no more.
static bool is_negligible(mpfr_t term, mpfr_t sum) {
  return mpfr_zero_p(term)
      || (!mpfr_zero_p(sum) && mpfr_get_exp(term) < mpfr_get_exp(sum) - WORKING_PRECISION);
}

// 1 / (1 + exp(-x))
void logistic(mpfr_t result, const mpfr_t *a) {
  mpfr_neg(result, a[0], nearest);
  mpfr_exp(result, result, nearest);
  mpfr_add_ui(result, result, 1, nearest);
  mpfr_ui_div(result, 1, result, nearest);
}

// The y with erf(y) = x. Newton's method from below the root of a concave function never passes it.
void erf_inv(mpfr_t result, const mpfr_t *a) {
  mpfr_t x, step, slope;
  mpfr_inits2(WORKING_PRECISION, x, step, slope, (mpfr_ptr)0);
  mpfr_abs(x, a[0], nearest);
  if (mpfr_nan_p(x) || mpfr_cmp_ui(x, 1) > 0) {
    mpfr_set_nan(result);
  } else if (mpfr_cmp_ui(x, 1) == 0) {
    mpfr_set_inf(result, 1);
  } else {
    // erf(y) is at most 2y/sqrt(pi).
    mpfr_const_pi(slope, nearest);
    mpfr_sqrt(slope, slope, nearest);
    mpfr_div_2ui(slope, slope, 1, nearest);
    mpfr_mul(result, x, slope, nearest);
    for (int round = 0; round < 200 && !mpfr_zero_p(x); ++round) {
      mpfr_erf(step, result, nearest);
      mpfr_sub(step, x, step, nearest);
      // Divided by the derivative, 2/sqrt(pi) exp(-y^2).
      mpfr_mul(step, step, slope, nearest);
      mpfr_t growth;
      mpfr_init2(growth, WORKING_PRECISION);
      mpfr_sqr(growth, result, nearest);
      mpfr_exp(growth, growth, nearest);
      mpfr_mul(step, step, growth, nearest);
      mpfr_clear(growth);
      mpfr_add(result, result, step, nearest);
      if (mpfr_zero_p(step) || mpfr_get_exp(step) < mpfr_get_exp(result) - 120) break;
    }
  }
  if (!mpfr_nan_p(result)) mpfr_copysign(result, result, a[0], nearest);
  mpfr_clears(x, step, slope, (mpfr_ptr)0);
}

// exp(-|x|) I1(x): by its power series, or by Hankel's asymptotic one, whose error is below exp(-2|x|).
void bessel_i1e(mpfr_t result, const mpfr_t *a) {
  mpfr_t x, term, square;
  mpfr_inits2(WORKING_PRECISION, x, term, square, (mpfr_ptr)0);
  mpfr_abs(x, a[0], nearest);
  if (!mpfr_number_p(x)) {
    if (mpfr_nan_p(x)) mpfr_set_nan(result); else mpfr_set_zero(result, 1);
  } else if (mpfr_cmp_ui(x, 100) < 0) {
    mpfr_div_2ui(term, x, 1, nearest);
    mpfr_sqr(square, term, nearest);
    mpfr_set(result, term, nearest);
    for (unsigned long k = 1; !is_negligible(term, result); ++k) {
      mpfr_mul(term, term, square, nearest);
      mpfr_div_ui(term, term, k * (k + 1), nearest);
      mpfr_add(result, result, term, nearest);
    }
    mpfr_neg(x, x, nearest);
    mpfr_exp(term, x, nearest);
    mpfr_mul(result, result, term, nearest);
  } else {
    mpfr_set_ui(term, 1, nearest);
    mpfr_set_ui(result, 1, nearest);
    for (long k = 1; !is_negligible(term, result); ++k) {
      mpfr_mul_si(term, term, (2 * k - 1) * (2 * k - 1) - 4, nearest);
      mpfr_div_ui(term, term, 8 * k, nearest);
      mpfr_div(term, term, x, nearest);
      mpfr_add(result, result, term, nearest);
    }
    mpfr_const_pi(term, nearest);
    mpfr_mul(term, term, x, nearest);
    mpfr_mul_2ui(term, term, 1, nearest);
    mpfr_rec_sqrt(term, term, nearest);
    mpfr_mul(result, result, term, nearest);
  }
  if (!mpfr_nan_p(result)) mpfr_copysign(result, result, a[0], nearest);
  mpfr_clears(x, term, square, (mpfr_ptr)0);
}

// The sum of (q + k)^-s over all k from 0, for s from 1 to 100 and positive q, by Euler and Maclaurin: the first terms one
// by one, the integral over the rest, and corrections B(2j)/(2j)! s(s+1)...(s+2j-2) w^(1-s-2j), where w is the first
// number that was left out and B(2j)/(2j)! is 2 zeta(2j) / (2 pi)^(2j), its sign alternating.
void hurwitz_zeta(mpfr_t result, const mpfr_t *a) {
  const mpfr_t *s = &a[0];
  if (!(mpfr_cmp_ui(*s, 1) > 0 && mpfr_cmp_ui(*s, 100) <= 0 && mpfr_sgn(a[1]) > 0)) {
    mpfr_set_nan(result);
    return;
  }
  mpfr_t w, term, power, rising, circle, coefficient;
  mpfr_inits2(WORKING_PRECISION, w, term, power, rising, circle, coefficient, (mpfr_ptr)0);
  mpfr_set_zero(result, 1);
  mpfr_set(w, a[1], nearest);
  mpfr_neg(power, *s, nearest);
  while (mpfr_cmp_ui(w, 160) < 0) {
    mpfr_pow(term, w, power, nearest);
    mpfr_add(result, result, term, nearest);
    mpfr_add_ui(w, w, 1, nearest);
  }
  mpfr_pow(term, w, power, nearest);          // w^-s
  mpfr_div_2ui(coefficient, term, 1, nearest);
  mpfr_add(result, result, coefficient, nearest);
  mpfr_mul(coefficient, term, w, nearest);    // w^(1-s) / (s-1)
  mpfr_sub_ui(rising, *s, 1, nearest);
  mpfr_div(coefficient, coefficient, rising, nearest);
  mpfr_add(result, result, coefficient, nearest);

  mpfr_const_pi(circle, nearest);
  mpfr_mul_2ui(circle, circle, 1, nearest);
  mpfr_sqr(circle, circle, nearest);
  // rising is 2 s(s+1)...(s+2j-2) w^(1-s-2j) / (2 pi)^2j.
  mpfr_mul(rising, term, *s, nearest);
  mpfr_mul_2ui(rising, rising, 1, nearest);
  mpfr_div(rising, rising, w, nearest);
  mpfr_div(rising, rising, circle, nearest);
  for (unsigned long j = 1; j < 150; ++j) {
    mpfr_zeta_ui(coefficient, 2 * j, nearest);
    mpfr_mul(coefficient, coefficient, rising, nearest);
    if (is_negligible(coefficient, result)) break;
    if (j % 2) mpfr_add(result, result, coefficient, nearest);
    else mpfr_sub(result, result, coefficient, nearest);
    for (unsigned long i = 2 * j - 1; i <= 2 * j; ++i) {
      mpfr_add_ui(coefficient, *s, i, nearest);
      mpfr_mul(rising, rising, coefficient, nearest);
      mpfr_div(rising, rising, w, nearest);
    }
    mpfr_div(rising, rising, circle, nearest);
  }
  mpfr_clears(w, term, power, rising, circle, coefficient, (mpfr_ptr)0);
}

// The derivative of order n of digamma, for positive numbers: -1^(n+1) n! zeta(n+1, x).
void polygamma(mpfr_t result, const mpfr_t *a) {
  if (mpfr_zero_p(a[0])) {
    mpfr_digamma(result, a[1], nearest);
    return;
  }
  if (!mpfr_integer_p(a[0]) || mpfr_sgn(a[0]) < 0 || mpfr_cmp_ui(a[0], 99) > 0) {
    mpfr_set_nan(result);
    return;
  }
  unsigned long n = mpfr_get_ui(a[0], nearest);
  mpfr_t arguments[2], factorial;
  mpfr_init2(arguments[0], 53);
  mpfr_init2(arguments[1], 53);
  mpfr_init2(factorial, WORKING_PRECISION);
  mpfr_set_ui(arguments[0], n + 1, nearest);
  mpfr_set(arguments[1], a[1], nearest);
  hurwitz_zeta(result, (const mpfr_t *)arguments);
  mpfr_fac_ui(factorial, n, nearest);
  mpfr_mul(result, result, factorial, nearest);
  if (n % 2 == 0) mpfr_neg(result, result, nearest);
  mpfr_clears(arguments[0], arguments[1], factorial, (mpfr_ptr)0);
}
