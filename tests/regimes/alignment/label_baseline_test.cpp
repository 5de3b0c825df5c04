#include "regimes/alignment/label_baseline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/atomic_file.hpp"
#include "core/expect_error.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::regimes {
namespace {

using testing::HasSubstr;

class LabelBaselineTest : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / kBaselineFile; }
  std::string error_of(const std::string& text) const {
    write_file_atomically(path(), text);
    return message_of(ErrorKind::kData, [&] { (void)read_baseline(path()); });
  }

  TemporaryFolder folder_;
  std::vector<TimestampNs> stamps_{0, kNsPerDay, 0, kNsPerDay};
  std::vector<std::int32_t> labels_{2, 0, -1, 1};
  std::vector<IndexRange> sequences_{{0, 2}, {2, 4}};
  std::vector<std::string> symbols_{"ZZZ", "A,\"B\""};
};

TEST_F(LabelBaselineTest, WritesRowsBySymbolThenTime) {
  write_baseline(path(), make_baseline({stamps_, labels_, sequences_, symbols_}));
  EXPECT_EQ(read_file(path()),
            "timestamp,symbol,Cluster_ID\n1970-01-02T00:00:00Z,\"A,\"\"B\"\"\",1\n"
            "1970-01-01T00:00:00Z,ZZZ,2\n1970-01-02T00:00:00Z,ZZZ,0\n");
  const LabelBaseline back = read_baseline(path());
  ASSERT_EQ(back.sequences.size(), 2U);
  EXPECT_EQ(back.sequences[0].symbol, "A,\"B\"");
  EXPECT_EQ(back.sequences[0].labels, (std::vector<std::int32_t>{1}));
  EXPECT_EQ(back.sequences[1].timestamps, (std::vector<TimestampNs>{0, kNsPerDay}));
  EXPECT_EQ(back.row_count(), 3);
  EXPECT_EQ(back.find("nobody"), nullptr);
}

TEST_F(LabelBaselineTest, LeavesOutTheSymbolOfALoneInstrument) {
  const std::vector<IndexRange> one{{0, 2}};
  write_baseline(path(), make_baseline({std::span(stamps_).first(2), std::span(labels_).first(2), one, {}}));
  EXPECT_EQ(read_file(path()), "timestamp,Cluster_ID\n1970-01-01T00:00:00Z,2\n1970-01-02T00:00:00Z,0\n");
  EXPECT_EQ(read_baseline(path()).sequences.front().symbol, "");
}

TEST_F(LabelBaselineTest, ReadsWindowsLineEndsAndAMissingLastOne) {
  write_file_atomically(path(), "timestamp,Cluster_ID\r\n1970-01-01,2\r\n1970-01-02,0");
  EXPECT_EQ(read_baseline(path()).sequences.front().labels, (std::vector<std::int32_t>{2, 0}));
}

TEST_F(LabelBaselineTest, RefusesStampsOutOfOrderAndSymbolsThatComeTwice) {
  const std::vector<TimestampNs> backwards{kNsPerDay, 0};
  const std::vector<IndexRange> one{{0, 2}}, two{{0, 1}, {1, 2}};
  const std::vector<std::string> twice{"A", "A"};
  const auto labels = std::span(labels_).first(2);
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           (void)make_baseline({backwards, labels, one, {}});
                         }),
              HasSubstr("1970-01-01T00:00:00Z does not come after 1970-01-02T00:00:00Z"));
  EXPECT_THAT(message_of(ErrorKind::kUsage,
                         [&] {
                           (void)make_baseline({backwards, labels, two, twice});
                         }),
              HasSubstr("'A' names several sequences"));
}

TEST_F(LabelBaselineTest, SaysWhereAFileIsWrong) {
  EXPECT_THAT(error_of("Cluster_ID\n1\n"), HasSubstr(":1: begins with 'Cluster_ID'"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n"), HasSubstr("has no row"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n1970-01-01,1\nsoon,1\n"),
              HasSubstr(":3: 'soon' is not a stamp"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n1970-01-01,1.0\n"), HasSubstr("'1.0' is not the number"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n1970-01-01,-1\n"), HasSubstr("'-1' is not the number"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n1970-01-01\n"), HasSubstr(":2: has fewer cells"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n1970-01-01,1,2\n"), HasSubstr(":2: has more cells"));
  EXPECT_THAT(error_of("timestamp,Cluster_ID\n1970-01-02,1\n1970-01-02,1\n"), HasSubstr(":3: 1970-01-02"));
  EXPECT_THAT(error_of("timestamp,symbol,Cluster_ID\n1970-01-01,\"A,1\n"),
              HasSubstr("a quote is not closed"));
  EXPECT_THAT(error_of("timestamp,symbol,Cluster_ID\n1970-01-01,B,1\n1970-01-02,A,1\n"),
              HasSubstr("symbol 'A' does not come in order"));
  EXPECT_THAT(error_of(""), HasSubstr(":1: begins with ''"));
}

}  // namespace
}  // namespace regimetry::regimes
