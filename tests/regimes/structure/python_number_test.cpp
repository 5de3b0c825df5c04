#include "regimes/structure/python_number.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace regimetry::regimes {
namespace {

TEST(PythonNumber, LooksAsInPython) {
  EXPECT_EQ(python_number(0.5), "0.5");
  EXPECT_EQ(python_number(1), "1.0");
  EXPECT_EQ(python_number(0), "0.0");
  EXPECT_EQ(python_number(0.1), "0.1");
  EXPECT_EQ(python_number(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(python_number(0.0001), "0.0001");
  EXPECT_EQ(python_number(0.00001), "1e-05");
  EXPECT_EQ(python_number(123456.0), "123456.0");
  EXPECT_EQ(python_number(NAN), "");
}

TEST(PythonNumber, RoundsHalvesAsNumPy) {
  EXPECT_EQ(round_to_3(0.0005), 0.0);  // 0.5 goes to the even 0
  EXPECT_EQ(round_to_3(0.0015), 0.002);
  EXPECT_EQ(round_to_3(0.8965), 0.896);
  EXPECT_EQ(round_to_3(0.8975), 0.898);
  EXPECT_EQ(round_to_3(2.0 / 3), 0.667);
  EXPECT_EQ(round_to_3(1), 1);
}

}  // namespace
}  // namespace regimetry::regimes
