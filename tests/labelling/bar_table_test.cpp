#include "labelling/bar_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::labelling {
namespace {

using testing::HasSubstr;

class BarTableTest : public testing::Test {
 protected:
  BarTable read(const std::string& text, const std::optional<std::string>& close = {}) {
    return {folder_.write("bars.csv", text), close, {}, pool_, silent_observer()};
  }
  TemporaryFolder folder_;
  ThreadPool pool_{1};
};

constexpr const char* kDays =
    "Date,Open,High,Low,Close,Note\n"
    "2024-01-02,1,2,1,2,a\n2024-01-03,2,4,2,4,b\n2024-01-04,4,4,2,2,a\n2024-01-05,2,2,2,,b\n2024-01-08,2,3,2,"
    "3,a\n";

TEST_F(BarTableTest, KnowsTheCloseByItsNameAndTakesReturnsFromIt) {
  const BarTable bars = read(kDays);
  EXPECT_EQ(bars.close_column(), "close");
  ASSERT_EQ(bars.returns(0).size(), 5U);
  EXPECT_TRUE(std::isnan(bars.returns(0)[0]));
  EXPECT_NEAR(bars.returns(0)[1], std::log(2.0), 1e-12);
  EXPECT_NEAR(bars.returns(0)[2], -std::log(2.0), 1e-12);
  EXPECT_TRUE(std::isnan(bars.returns(0)[3])) << "no close";
  EXPECT_TRUE(std::isnan(bars.returns(0)[4])) << "no close before it";
}

TEST_F(BarTableTest, TakesTheColumnThatIsAskedFor) {
  const BarTable bars = read(kDays, "open");
  EXPECT_EQ(bars.close_column(), "open");
  EXPECT_EQ(bars.close(0)[2], 4);
}

TEST_F(BarTableTest, HasNoReturnsWithoutPrices) {
  const BarTable bars = read("time,rsi\n2024-01-02,50\n2024-01-03,51\n2024-01-04,52\n");
  EXPECT_FALSE(bars.close_column());
  EXPECT_TRUE(bars.returns(0).empty());
}

TEST_F(BarTableTest, RefusesAColumnThatIsNotThereOrHoldsNoNumbers) {
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { read(kDays, "clos"); }),
              HasSubstr("did you mean 'close'?"));
  EXPECT_THAT(message_of(ErrorKind::kUsage, [&] { read(kDays, "Note"); }), HasSubstr("holds no numbers"));
}

}  // namespace
}  // namespace regimetry::labelling
