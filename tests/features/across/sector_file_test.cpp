#include "features/across/sector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/error.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry::features {
namespace {

using ::testing::HasSubstr;
using Sectors = std::map<std::string, std::string>;

class SectorFile : public ::testing::Test {
 protected:
  Sectors read(const std::string& text, const std::string& column = "sector") {
    return read_sector_file(folder_.write("sectors.csv", text), column);
  }
  std::string refusal(const std::string& text, const std::string& column = "sector") {
    try {
      static_cast<void>(read(text, column));
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  }
  TemporaryFolder folder_;
};

TEST_F(SectorFile, ReadsTwoColumnsWhereverTheyStand) {
  EXPECT_EQ(read("\xEF\xBB\xBFName,Symbol,GICS_Sector\r\n\"Alpha, Inc\",A,Health "
                 "Care\r\nBeta,B,\r\nC,C,\"Oil, Gas\"",
                 "gics_sector"),
            (Sectors{{"A", "Health Care"}, {"C", "Oil, Gas"}}));
}

TEST_F(SectorFile, NamesFileAndLineOfWhatIsWrong) {
  EXPECT_THAT(refusal("symbol,industry\nA,x\n"),
              HasSubstr("there is no column 'sector'; the columns are symbol, industry"));
  EXPECT_THAT(refusal("symbol,sector\nA,x\nA,y\n"), HasSubstr(":3: 'A' is in 'x' and in 'y'"));
  EXPECT_THAT(refusal("symbol,sector\nA\n"), HasSubstr(":2: the row has 1 cells where the header has 2"));
  EXPECT_THAT(refusal(""), HasSubstr("there is no column 'symbol'"));
}

}  // namespace
}  // namespace regimetry::features
