#include "regimes/hidden_markov/student_dof.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/gamma_functions.hpp"
#include "core/rng.hpp"

namespace regimetry::regimes {
namespace {

// Repeats the step on draws about 0 with scale 1 until it stands still.
double estimate(const std::vector<double>& draws) {
  double dof = 8;
  for (int i = 0; i < 500; ++i) {
    double sum = 0;
    for (const double x : draws) {
      const double trust = (dof + 1) / (dof + x * x);
      sum += std::log(trust) - trust;
    }
    dof = update_student_dof(dof, 1, sum / static_cast<double>(draws.size()));
  }
  return dof;
}

TEST(UpdateStudentDof, FindsTheDegreesOfFreedomOfDraws) {
  for (const double dof : {3.0, 6.0}) {
    RngStream stream(4);
    std::vector<double> draws;
    for (int i = 0; i < 20000; ++i) draws.push_back(stream.student_t(dof));
    EXPECT_NEAR(estimate(draws), dof, 0.06 * dof);
  }
}

TEST(UpdateStudentDof, StaysWithinItsBounds) {
  EXPECT_EQ(estimate({0.0, 1e9, -1e9, 1e-9}), kLeastStudentDof);  // tails of no law with a variance
  EXPECT_EQ(estimate({1, -1, 1, -1}), kMostStudentDof);           // no tails at all
}

TEST(UpdateStudentDof, IsWhereTheExpectedLogLikelihoodIsGreatest) {
  const double old = 5, mean = -1.05;
  const double best = update_student_dof(old, 2, mean);
  const auto expected = [&](double dof) {
    const double shift = digamma((old + 2) / 2) - std::log((old + 2) / 2);
    return dof / 2 * std::log(dof / 2) - log_gamma(dof / 2) + dof / 2 * (mean + shift);
  };
  EXPECT_GT(best, kLeastStudentDof);
  EXPECT_LT(best, kMostStudentDof);
  EXPECT_GT(expected(best), expected(best * 1.01));
  EXPECT_GT(expected(best), expected(best * 0.99));
}

}  // namespace
}  // namespace regimetry::regimes
