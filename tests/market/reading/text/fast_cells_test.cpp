// The quick readers must give what the careful ones give, bit for bit, or decline.
#include "market/reading/text/fast_cells.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "market/reading/time_format.hpp"

namespace regimetry::market {
namespace {

TEST(FastCells, DecimalsAreRoundedAsTheCLibraryRoundsThem) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200'000; ++i) {
    const int digits = 1 + static_cast<int>(random() % 17);
    std::string text = random() % 4 == 0 ? "-" : "";
    const int point = static_cast<int>(random() % static_cast<unsigned>(digits + 2));
    for (int d = 0; d < digits; ++d) {
      if (d == point) text += '.';
      text += static_cast<char>('0' + random() % 10);
    }
    text += '\n';
    const char* cursor = text.data();
    double value = 0;
    if (!read_plain_decimal(cursor, value)) {
      EXPECT_GT(digits, 15) << text;
      continue;
    }
    EXPECT_EQ(value, std::strtod(text.c_str(), nullptr)) << text;
    EXPECT_EQ(cursor, text.data() + text.size() - 1);
  }
}

TEST(FastCells, DecimalsDeclineWhatIsNone) {
  for (const std::string text : {"\n", "-\n", ".\n", "abc\n", "\"1\"\n", "+5\n", "1234567890123456\n"}) {
    const char* cursor = text.data();
    double value = 0;
    EXPECT_FALSE(read_plain_decimal(cursor, value)) << text;
  }
}

TEST(FastCells, StampsAgreeWithTheCarefulReader) {
  std::mt19937_64 random(11);
  IsoStampReader reader;
  for (int i = 0; i < 50'000; ++i) {
    const TimestampNs stamp =
        static_cast<TimestampNs>(random() % 7'000'000'000ULL) * kNsPerSecond - 3'000'000'000LL * kNsPerSecond;
    std::string text = format_timestamp(stamp);
    if (i % 3 == 0) text[10] = ' ';
    if (i % 2 == 0) text.pop_back();
    const std::string line = text + "\n";
    const char* cursor = line.data();
    TimestampNs read = 0;
    bool is_absolute = false;
    ASSERT_TRUE(reader.read(cursor, line.data() + line.size(), read, is_absolute)) << text;
    const std::optional<TimeParts> parts = scan_time(text);
    ASSERT_TRUE(parts) << text;
    EXPECT_EQ(read, resolve_time(*parts, DateOrder::kYearFirst)) << text;
    EXPECT_EQ(read, stamp);
    EXPECT_EQ(is_absolute, parts->has_offset);
    EXPECT_EQ(*cursor, '\n');
  }
}

TEST(FastCells, StampsDeclineDatesThatDoNotExist) {
  IsoStampReader reader;
  for (const std::string line : {"2023-02-29,1\n", "2024-13-01,1\n", "2024-01-02 25:00:00\n",
                                 "2024-01-02T10:61:00Z\n", "20240102,1.25\n", "0001-01-01,1\n"}) {
    const char* cursor = line.data();
    TimestampNs read = 0;
    bool is_absolute = false;
    EXPECT_FALSE(reader.read(cursor, line.data() + line.size(), read, is_absolute)) << line;
  }
}

}  // namespace
}  // namespace regimetry::market
