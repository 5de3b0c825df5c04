#include "cli/setting_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "cli/support/fake_commands.hpp"

namespace regimetry::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(SettingSchema, OneDeclarationGivesFlagKeyAndVariable) {
  const Kitchen kitchen;
  const Setting* setting = kitchen.schema.find("window_size");
  ASSERT_NE(setting, nullptr);
  EXPECT_EQ(setting->flag(), "--window-size");
  EXPECT_EQ(setting->environment(), "REGIMETRY_WINDOW_SIZE");
  EXPECT_EQ(setting->type, "integer");
  EXPECT_EQ(setting->default_text, "30");
  EXPECT_EQ(kitchen.schema.find("window-size"), setting);
  EXPECT_EQ(kitchen.schema.find("windowsize"), nullptr);
}

TEST(SettingSchema, EveryFieldTypeSaysWhatItIs) {
  const Kitchen kitchen;
  const auto type_of = [&](const char* key) { return kitchen.schema.find(key)->type; };
  EXPECT_EQ(type_of("is_sweet"), "flag");
  EXPECT_EQ(type_of("heat"), "number");
  EXPECT_EQ(type_of("country"), "text");
  EXPECT_EQ(type_of("output"), "path");
  EXPECT_EQ(type_of("columns"), "list");
  EXPECT_EQ(type_of("names"), "map");
  EXPECT_EQ(type_of("fruit"), "text");
  EXPECT_EQ(kitchen.schema.find("symbol")->default_text, "none");
  EXPECT_EQ(kitchen.schema.find("fruit")->default_text, "apple");
  EXPECT_EQ(kitchen.schema.find("heat")->default_text, "1.5");
}

TEST(SettingSchema, AssignmentReachesTheField) {
  Kitchen kitchen;
  const auto assign = [&](const char* key, const std::vector<std::string>& words) {
    return kitchen.schema.find(key)->assign(words);
  };
  EXPECT_EQ(assign("window_size", {"7"}), std::nullopt);
  EXPECT_EQ(assign("symbol", {"EURUSD"}), std::nullopt);
  EXPECT_EQ(assign("limit", {"2.5"}), std::nullopt);
  EXPECT_EQ(assign("columns", {"a", "b"}), std::nullopt);
  EXPECT_EQ(assign("weights", {"1", "2.5"}), std::nullopt);
  EXPECT_EQ(assign("names", {"close=Last", "open=A=B"}), std::nullopt);
  EXPECT_EQ(assign("fruit", {"plum"}), std::nullopt);
  EXPECT_EQ(assign("topping", {"pear"}), std::nullopt);
  EXPECT_EQ(kitchen.options.window_size, 7);
  EXPECT_EQ(kitchen.options.symbol, "EURUSD");
  EXPECT_EQ(kitchen.options.limit, 2.5);
  EXPECT_EQ(kitchen.options.columns, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(kitchen.options.weights, (std::vector<double>{1, 2.5}));
  EXPECT_EQ(kitchen.options.names, (std::map<std::string, std::string>{{"close", "Last"}, {"open", "A=B"}}));
  EXPECT_EQ(kitchen.options.fruit, Fruit::kPlum);
  EXPECT_EQ(kitchen.options.topping, Fruit::kPear);
}

TEST(SettingSchema, NoneMakesOptionalFieldsAbsent) {
  Kitchen kitchen;
  kitchen.options.symbol = "X";
  kitchen.options.topping = Fruit::kApple;
  EXPECT_EQ(kitchen.schema.find("symbol")->assign({"none"}), std::nullopt);
  EXPECT_EQ(kitchen.schema.find("topping")->assign({"none"}), std::nullopt);
  EXPECT_EQ(kitchen.options.symbol, std::nullopt);
  EXPECT_EQ(kitchen.options.topping, std::nullopt);
  EXPECT_THAT(kitchen.schema.find("fruit")->assign({"none"}).value_or(""),
              HasSubstr("not one of apple, pear, plum"));
}

TEST(SettingSchema, RefusedWordsLeaveTheFieldAlone) {
  Kitchen kitchen;
  EXPECT_TRUE(kitchen.schema.find("weights")->assign({"1", "x"}).has_value());
  EXPECT_TRUE(kitchen.options.weights.empty());
  EXPECT_THAT(kitchen.schema.find("names")->assign({"a"}).value_or(""),
              HasSubstr("not of the form NAME=VALUE"));
  EXPECT_THAT(kitchen.schema.find("names")->assign({"a=1", "a=2"}).value_or(""), HasSubstr("given twice"));
  EXPECT_THAT(kitchen.schema.find("window_size")->assign({"1", "2"}).value_or(""),
              HasSubstr("takes one value, not 2"));
}

TEST(SettingSchema, ValuesBecomeJsonOfTheirOwnKind) {
  Kitchen kitchen;
  kitchen.options.columns = {"a"};
  kitchen.options.names = {{"x", "y"}};
  const auto value = [&](const char* key) { return kitchen.schema.find(key)->value(); };
  EXPECT_EQ(value("window_size"), json(30));
  EXPECT_EQ(value("heat"), json(1.5));
  EXPECT_EQ(value("is_sweet"), json(true));
  EXPECT_EQ(value("symbol"), json(nullptr));
  EXPECT_EQ(value("columns"), json::array({"a"}));
  EXPECT_EQ(value("names"), json({{"x", "y"}}));
  EXPECT_EQ(value("fruit"), json("apple"));
  EXPECT_EQ(value("seed"), json(42));
}

TEST(SettingSchema, ClashingDeclarationsAreAFaultOfOurs) {
  int a = 0, b = 0;
  SettingSchema schema;
  schema.add("size", a, "A size", {.short_flag = 's', .positional = true});
  EXPECT_THROW(schema.add("size", b, "Again"), std::logic_error);
  EXPECT_THROW(schema.add("speed", b, "Same letter", {.short_flag = 's'}), std::logic_error);
  EXPECT_THROW(schema.add("speed", b, "Same place", {.positional = true}), std::logic_error);
}

TEST(SettingSchema, ASettingCalledSetTakesWords) {
  bool is_set = false;
  std::map<std::string, std::string> names;
  std::vector<std::string> words;
  SettingSchema schema;
  EXPECT_THROW(schema.add("set", is_set, "A switch"), std::logic_error);
  EXPECT_THROW(schema.add("set", names, "A map"), std::logic_error);
  EXPECT_NO_THROW(schema.add("set", words, "Words"));
}

}  // namespace
}  // namespace regimetry::cli
