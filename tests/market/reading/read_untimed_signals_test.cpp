#include "market/reading/read_untimed_signals.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/atomic_file.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::market {
namespace {

class ReadUntimedSignalsTest : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& text) {
    const std::filesystem::path path = folder_.path() / "table.csv";
    write_file_atomically(path, text);
    return path;
  }
  bool lacks_time(const std::string& text) { return lacks_time_column(file(text), {}); }
  TemporaryFolder folder_;
};

TEST_F(ReadUntimedSignalsTest, KnowsAHeaderThatSaysTime) {
  EXPECT_TRUE(lacks_time("Close,Month,Year,Cluster_ID\n1,2,2018,0\n"));
  EXPECT_TRUE(lacks_time("Close;Cluster_ID\n1;0\n"));
  EXPECT_FALSE(lacks_time("Date,Close\n2020-01-01,1\n"));
  EXPECT_FALSE(lacks_time("timestamp;Close\n2020-01-01;1\n"));
  EXPECT_FALSE(lacks_time("2020-01-01,1\n"));  // no header: for others to judge
  EXPECT_FALSE(lacks_time("{\"a\": 1}\n"));
  ReadOptions named;
  named.column_for_role = {{"timestamp", "Close"}};
  EXPECT_FALSE(lacks_time_column(file("Close,Cluster_ID\n1,0\n"), named));
}

TEST_F(ReadUntimedSignalsTest, CountsRowsAsSeconds) {
  ThreadPool pool(1);
  const SignalTable table =
      read_untimed_signals(file("\xEF\xBB\xBF"
                                "Close;Trend;Cluster_ID\r\n1.5;Flat;\r\n\r\n2.5;Bull;3\r\n"),
                           {}, pool, silent_observer());
  ASSERT_EQ(table.row_count(), 2);
  EXPECT_EQ(table.timestamps[1] - table.timestamps[0], kNsPerSecond);
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[2].name, "Cluster_ID");
  EXPECT_EQ(table.columns[2].numbers[1], 3);
}

}  // namespace
}  // namespace regimetry::market
