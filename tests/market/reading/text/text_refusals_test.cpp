// Files that are no tables, or damaged ones: refused with words that say what they are.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "market/reading/text/text_table_support.hpp"

namespace regimetry::market {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kGood =
    "Date,Open,High,Low,Close,Volume\n2024-01-01,1,2,0.5,1.5,100\n2024-01-02,1,2,0.5,1.5,100\n";

TEST(TextRefusals, EmptyBlankAndHeaderOnly) {
  EXPECT_THAT(read_error(""), HasSubstr("empty (0 bytes)"));
  EXPECT_THAT(read_error("\n \n\r\n"), HasSubstr("blank lines"));
  EXPECT_THAT(read_error("Date,Open,High,Low,Close\n"), HasSubstr("no rows"));
}

TEST(TextRefusals, TwoColumnsOfOneMeaningAreBothNamedWithTheFlagThatSettlesIt) {
  const std::string row = "2024-01-01,1,2,0.5,1.5,1.6\n2024-01-02,1,2,0.5,1.5,1.6\n";
  EXPECT_THAT(read_error("Date,Open,High,Low,Close,Close\n" + row),
              AllOf(HasSubstr("'Close' (column 5)"), HasSubstr("'Close (2)' (column 6)"),
                    HasSubstr("--column 'close=Close'")));
  const std::string both = "Date,Open,High,Low,Close,Schlusskurs\n" + row;
  EXPECT_THAT(read_error(both), AllOf(HasSubstr("'Close'"), HasSubstr("'Schlusskurs'")));
  ReadOptions options;
  options.column_for_role = {{"close", "Schlusskurs"}};
  EXPECT_THAT(column(read_text(both, options), "close").numbers, ElementsAre(1.6, 1.6));
  options.column_for_role = {{"close", "Close (2)"}};
  EXPECT_THAT(column(read_text("Date,Open,High,Low,Close,Close\n" + row, options), "close").numbers,
              ElementsAre(1.6, 1.6));
}

TEST(TextRefusals, ASurerNameNeedsNoChoice) {
  const std::string rows = "2024-01-01,1,2,0.5,1.5,9\n2024-01-02,1,2,0.5,1.5,9\n";
  for (const char* other : {"Price", "Last", "Adj Close"}) {
    EXPECT_THAT(
        column(read_text("Date,Open,High,Low,Close," + std::string(other) + "\n" + rows), "close").numbers,
        ElementsAre(1.5, 1.5))
        << other;
  }
}

TEST(TextRefusals, TheFirstOfTwoVolumesIsTakenAndThatIsSaid) {
  const TextTable table = read_text(
      "Date,Open,High,Low,Close,Volume BTC,Volume "
      "USD\n2024-01-01,1,2,0.5,1.5,7,8\n2024-01-02,1,2,0.5,1.5,7,8\n");
  EXPECT_THAT(column(table, "volume").numbers, ElementsAre(7, 7));
  EXPECT_THAT(table.dialect.notes,
              testing::Contains(AllOf(HasSubstr("'Volume BTC'"), HasSubstr("'Volume USD'"))));
}

TEST(TextRefusals, PagesMessagesAndJsonAreCalledWhatTheyAre) {
  EXPECT_THAT(read_error("<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>"),
              AllOf(HasSubstr("web page"), HasSubstr("'404 Not Found'")));
  EXPECT_THAT(read_error("Exceeded the daily hits limit"),
              AllOf(HasSubstr("message"), HasSubstr("Exceeded the daily hits limit")));
  EXPECT_THAT(read_error("Brak danych"), HasSubstr("message"));
  EXPECT_THAT(read_error("{\"chart\":{\"result\":null}}"), AllOf(HasSubstr("JSON"), HasSubstr(".jsonl")));
  EXPECT_THAT(read_error("PK\x03\x04 and so on"), HasSubstr("zip archive"));
  EXPECT_THAT(read_error("PAR1 and so on"), HasSubstr("Parquet"));
}

TEST(TextRefusals, APageAmongTheRowsIsNamedWithItsLinesAndHowToRemoveIt) {
  EXPECT_THAT(
      read_error(kGood + "<html lang=\"en-us\">\n<body>\nsorry\n</html>\n2024-01-03,1,2,0.5,1.5,100\n"),
      AllOf(HasSubstr("prices.csv:4:"), HasSubstr("web page"), HasSubstr("lines 4 to 7"),
            HasSubstr("sed -i '4,7d'")));
}

TEST(TextRefusals, RowsWithOtherNumbersOfCells) {
  EXPECT_THAT(read_error(kGood + "2024-01-03,1,2,0.5,1.5,100,7\n2024-01-04,1,2,0.5,1.5,100\n"),
              AllOf(HasSubstr("prices.csv:4:"), HasSubstr("7 cells"), HasSubstr("6 columns")));
  EXPECT_THAT(read_error(kGood + "2024-01-03,1,2,0."),
              AllOf(HasSubstr("prices.csv:4:"), HasSubstr("4 cells"), HasSubstr("cut off")));
  EXPECT_THAT(read_error(kGood + "2024-01-03;1;2;0.5;1.5;100\n"), HasSubstr("1 cell where the table has 6"));
}

TEST(TextRefusals, HeadersThatDoNotFitTheRows) {
  EXPECT_THAT(
      read_error("Date,Open,High,Low,Close\n2024-01-01,1,2,0.5,1.5,100\n2024-01-02,1,2,0.5,1.5,100\n"),
      AllOf(HasSubstr("names 5 columns"), HasSubstr("have 6")));
}

TEST(TextRefusals, CellsThatAreNoValues) {
  EXPECT_THAT(read_error(kGood + "2024-01-03,1,abc,0.5,1.5,100\n2024-01-04,1,2,0.5,1.5,x\n"),
              AllOf(HasSubstr("prices.csv:4:"), HasSubstr("column 'High'"), HasSubstr("'abc'"),
                    HasSubstr("1 more problem")));
  EXPECT_THAT(read_error(kGood + "2024-02-30,1,2,0.5,1.5,100\n"), HasSubstr("'2024-02-30'"));
  EXPECT_THAT(read_error(kGood + "0000-01-01,1,2,0.5,1.5,100\n"), HasSubstr("1678 to 2262"));
  EXPECT_THAT(read_error(kGood + "3024-01-01,1,2,0.5,1.5,100\n"), HasSubstr("1678 to 2262"));
  EXPECT_THAT(read_error(kGood + ",1,2,0.5,1.5,100\n"), HasSubstr("the row has no time"));
  EXPECT_THAT(read_error("Date,Close\n43831,1.5\n43832,1.6\n"), HasSubstr("spreadsheet"));
  EXPECT_THAT(read_error("timestamp,close\n9223372036854775808,1.5\n9223372036854775809,1.5\n"),
              HasSubstr("9223372036854775808"));
}

TEST(TextRefusals, QuotesThatNeverClose) {
  EXPECT_THAT(read_error(kGood + "\"2024-01-03,1,2,0.5,1.5,100\n2024-01-04,1,2,0.5,1.5,100\n"),
              AllOf(HasSubstr("prices.csv:4:"), HasSubstr("never closes")));
}

TEST(TextRefusals, NoTimeColumn) {
  EXPECT_THAT(read_error("Open,High,Low,Close\n1,2,0.5,1.5\n"),
              AllOf(HasSubstr("no column holds dates"), HasSubstr("--column timestamp=")));
}

TEST(TextRefusals, BinaryAndNulBytesAreNamedWithTheirLine) {
  EXPECT_THAT(read_error(kGood + std::string("2024-01-03,1,\0,1,1,1\n", 21)),
              AllOf(HasSubstr("prices.csv:4:"), HasSubstr("0x00 (NUL)")));
  EXPECT_THAT(read_error("\x01\x02\x03\x04\x05"), HasSubstr("binary"));
}

TEST(TextRefusals, TooManyColumnsAndEndlessLinesAreAnsweredFromTheLimits) {
  std::string wide = "c";
  for (int i = 0; i < 1'000'000; ++i) wide += ",c";
  EXPECT_THAT(read_error(wide + "\n" + wide + "\n"),
              AllOf(HasSubstr("prices.csv:1:"), HasSubstr("--max-columns")));
  EXPECT_THAT(read_error(kGood + std::string(100'000'000, '7')),
              AllOf(HasSubstr("prices.csv:4:"), HasSubstr("100000000 bytes")));
}

TEST(TextRefusals, Utf16IsDecodedAndHalfACharacterRefused) {
  std::string utf16 = "\xFF\xFE";
  for (const char c : kGood) (utf16 += c) += '\0';
  EXPECT_EQ(read_text(utf16).dialect.encoding, "UTF-16LE");
  EXPECT_EQ(read_text(utf16.substr(2)).table.row_count, 2);
  EXPECT_THAT(read_error(utf16 + "x"), HasSubstr("half a character"));
}

TEST(TextRefusals, OldLineEndsAndTheDosEndMarkAreUnderstood) {
  std::string mac = kGood;
  std::replace(mac.begin(), mac.end(), '\n', '\r');
  EXPECT_EQ(read_text(mac).table.row_count, 2);
  EXPECT_EQ(read_text(kGood + "\x1A").table.row_count, 2);
}

class TextFiles : public testing::Test {
 protected:
  TextFiles() {
    std::string pattern = testing::TempDir() + "text_files_XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~TextFiles() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  static TextTable read(const std::filesystem::path& path) {
    ThreadPool pool(2);
    return read_text_table(path, {}, pool, silent_observer());
  }
  static std::string error_of(const std::filesystem::path& path) {
    try {
      (void)read(path);
      ADD_FAILURE() << path << " was read";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData);
      return error.what();
    }
    return "";
  }
  std::filesystem::path folder_;
};

std::string gzipped(const std::string& text) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_F(TextFiles, PlainGzipAndZstdGiveTheSameTable) {
  std::string zstd(ZSTD_compressBound(kGood.size()), '\0');
  zstd.resize(ZSTD_compress(zstd.data(), zstd.size(), kGood.data(), kGood.size(), 3));
  const TextTable plain = read(write("a.csv", kGood));
  const TextTable gzip = read(write("a.csv.gz", gzipped(kGood)));
  const TextTable two_members =
      read(write("b.csv.gz", gzipped(kGood) + gzipped("2024-01-03,1,2,0.5,1.5,100\n")));
  const TextTable packed = read(write("a.csv.zst", zstd));
  EXPECT_EQ(plain.dialect.compression, "none");
  EXPECT_EQ(gzip.dialect.compression, "gzip");
  EXPECT_EQ(packed.dialect.compression, "zstd");
  EXPECT_EQ(numbers(gzip, "close"), numbers(plain, "close"));
  EXPECT_EQ(stamps(packed), stamps(plain));
  EXPECT_EQ(two_members.table.row_count, 3);
}

TEST_F(TextFiles, BrokenArchivesAndBombsAreRefused) {
  const std::string packed = gzipped(kGood);
  EXPECT_THAT(error_of(write("cut.csv.gz", packed.substr(0, packed.size() - 12))),
              HasSubstr("ends in the middle"));
  std::string damaged = packed;
  damaged[20] = static_cast<char>(damaged[20] ^ 0x5A);
  EXPECT_THAT(error_of(write("damaged.csv.gz", damaged)), HasSubstr("broken gzip"));
  EXPECT_THAT(error_of(write("bomb.csv.gz", gzipped(std::string(120'000'000, '0')))),
              HasSubstr("unpacks to more than"));
}

TEST_F(TextFiles, MissingFoldersAndPipesAreRefusedWithoutWaiting) {
  EXPECT_THAT(error_of(folder_ / "nowhere.csv"), HasSubstr("No such file"));
  EXPECT_THAT(error_of(folder_), HasSubstr("folder"));
  ASSERT_EQ(::mkfifo((folder_ / "pipe.csv").c_str(), 0600), 0);
  EXPECT_THAT(error_of(folder_ / "pipe.csv"), HasSubstr("not a plain file"));
}

}  // namespace
}  // namespace regimetry::market
