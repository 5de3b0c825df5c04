#include "core/gather.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <span>

namespace regimetry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Gather, TakesTheValuesInTheOrderOfTheirPlaces) {
  const std::vector<double> values = {10, 11, 12, 13};
  EXPECT_THAT(gather(values, std::vector<std::int64_t>{3, 0, 3}), ElementsAre(13, 10, 13));
  EXPECT_THAT(gather(std::span(values), std::vector<std::size_t>{1}), ElementsAre(11));
  EXPECT_THAT(gather(values, std::vector<std::int64_t>{}), IsEmpty());
}

TEST(Gather, OfNoValuesIsEmpty) {
  EXPECT_THAT(gather(std::vector<double>{}, std::vector<std::int64_t>{0, 5}), IsEmpty());
}

}  // namespace
}  // namespace regimetry
