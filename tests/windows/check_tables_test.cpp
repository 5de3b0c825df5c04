#include "windows/check_tables.hpp"

#include <vector>

#include "core/expect_error.hpp"
#include "windows/support/feature_samples.hpp"

namespace regimetry::windows {
namespace {

using features::FeatureTable;
using testing::AllOf;
using testing::HasSubstr;

std::string complaint(const std::vector<FeatureTable>& tables) {
  return message_of(ErrorKind::kData, [&] { check_tables(tables); });
}

TEST(CheckTables, AcceptsTablesWithTheSameFeatures) {
  const std::vector<FeatureTable> tables{plain_table(3), plain_table(5, 2, "BBB")};
  EXPECT_NO_THROW(check_tables(tables));
}

TEST(CheckTables, RefusesNothing) {
  EXPECT_THAT(complaint({}), HasSubstr("no feature table"));
}

TEST(CheckTables, RefusesATableWithoutFeatures) {
  EXPECT_THAT(complaint({plain_table(3, 0)}), HasSubstr("AAA has no feature"));
}

TEST(CheckTables, RefusesNumbersThatDisagree) {
  FeatureTable table = plain_table(3);
  table.timestamps.pop_back();
  EXPECT_THAT(complaint({table}), HasSubstr("AAA has 3 x 2 values, but 2 stamps and 2 names"));
}

TEST(CheckTables, NamesTheStampThatDoesNotIncrease) {
  FeatureTable table = plain_table(4);
  table.timestamps[2] = table.timestamps[1];
  EXPECT_THAT(complaint({table}), AllOf(HasSubstr("1970-01-02T00:00:00Z (row 1) is followed by 1970-01-02")));
}

TEST(CheckTables, NamesTheFirstFeatureThatDiffers) {
  FeatureTable other = plain_table(3, 2, "BBB");
  other.names[1] = "x";
  EXPECT_THAT(complaint({plain_table(3), other}),
              HasSubstr("AAA and BBB have different features: number 2 is 'f1' in one and 'x' in the other"));
  EXPECT_THAT(complaint({plain_table(3), plain_table(3, 3, "BBB")}),
              HasSubstr("number 3 is '(none)' in one and 'f2'"));
}

}  // namespace
}  // namespace regimetry::windows
