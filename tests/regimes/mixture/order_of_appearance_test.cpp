#include "regimes/mixture/order_of_appearance.hpp"

#include <gtest/gtest.h>

namespace regimetry::regimes {
namespace {

TEST(OrderOfAppearance, NamesEachLabelOnce) {
  const std::vector<std::int32_t> labels = {2, 2, 0, 2, 5, 0};
  EXPECT_EQ(order_of_appearance(labels), (std::vector<int>{2, 0, 5}));
  EXPECT_TRUE(order_of_appearance({}).empty());
}

}  // namespace
}  // namespace regimetry::regimes
