// What the compiler makes of constants: g++ 12.2 with AVX-512 once stored {a, a, 0, 0} as {a, a, a, a}.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace regimetry {
namespace {

using testing::ElementsAre;

[[gnu::noinline]] std::vector<double> halves_and_zeros() {
  return {0.5, 0.5, 0, 0};
}
[[gnu::noinline]] std::vector<double> eight_numbers() {
  return {2, 2, 2, 2, 0, 0, 0, 0};
}
[[gnu::noinline]] std::vector<float> single_numbers() {
  return {3, 3, 3, 3, 0, 0, 0, 0};
}

TEST(StoredConstants, AreTheOnesInTheSource) {
  EXPECT_THAT(halves_and_zeros(), ElementsAre(0.5, 0.5, 0, 0));
  EXPECT_THAT(eight_numbers(), ElementsAre(2, 2, 2, 2, 0, 0, 0, 0));
  EXPECT_THAT(single_numbers(), ElementsAre(3, 3, 3, 3, 0, 0, 0, 0));
}

}  // namespace
}  // namespace regimetry
