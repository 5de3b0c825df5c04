#include "core/json_place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/expect_error.hpp"

namespace regimetry {
namespace {

using testing::HasSubstr;

const nlohmann::json kDocument = {{"count", 3},
                                  {"share", 0.5},
                                  {"when", "2020-01-02T00:00:00Z"},
                                  {"parts", {{{"name", "a"}}, {{"name", 7}}}}};

std::string complaint(const std::function<void(const JsonPlace&)>& ask) {
  return message_of(ErrorKind::kData, [&] { ask(JsonPlace(kDocument, "f.json", "fit it again")); });
}

TEST(JsonPlace, GivesWhatIsAskedFor) {
  const JsonPlace root(kDocument, "f.json");
  EXPECT_EQ(root.at("count").whole_number(), 3);
  EXPECT_EQ(root.at("share").number(), 0.5);
  EXPECT_EQ(root.at("when").stamp(), *parse_iso_timestamp("2020-01-02"));
  EXPECT_EQ(root.at("parts").elements().at(0).at("name").text(), "a");
  EXPECT_FALSE(root.has("other"));
}

TEST(JsonPlace, SaysWhereAComplaintPointsAndWhatToDo) {
  EXPECT_EQ(
      complaint([](const JsonPlace& root) { (void)root.at("parts").elements().at(1).at("name").text(); }),
      "f.json: parts[1].name is not a text. It was damaged, or something else wrote it: fit it again.");
  EXPECT_THAT(complaint([](const JsonPlace& root) { (void)root.at("other"); }),
              HasSubstr("lacks the key 'other'"));
  EXPECT_THAT(complaint([](const JsonPlace& root) { (void)root.at("share").whole_number(); }),
              HasSubstr("share is not a whole number"));
  EXPECT_THAT(
      complaint([](const JsonPlace& root) { (void)root.at("parts").elements().at(0).at("name").stamp(); }),
      HasSubstr("is 'a', which is no stamp"));
}

}  // namespace
}  // namespace regimetry
