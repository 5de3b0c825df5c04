#include "features/transform/transform_file.hpp"

#include <gmock/gmock.h>

#include "core/expect_error.hpp"
#include "core/sha256.hpp"
#include "core/temporary_folder.hpp"
#include "features/support/transform_samples.hpp"

namespace regimetry::features {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class TransformFile : public testing::Test {
 protected:
  FittedTransform fitted(const RawFeatures& raw, const TransformOptions& options = {}) {
    ColumnTransform transform(options, "1.2.3");
    transform.fit(input_table(raw), names_of(raw), pool_);
    return read(transform.fitted());
  }
  FittedTransform read(const FittedTransform& transform) {
    write_transform(path_, transform);
    return read_transform(path_);
  }
  // The complaint about a file that differs from a good one; its digest is made to fit.
  std::string complaint(const std::function<void(nlohmann::json&)>& damage) {
    FittedTransform good = fitted(random_raw(2, 20, 1));
    nlohmann::json json = to_json(good);
    damage(json);
    nlohmann::json content = json;
    content.erase("sha256");
    json["sha256"] = sha256_hex(content.dump());
    return message_of(ErrorKind::kData, [&] { (void)transform_from_json(json, "scaler.json"); });
  }
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "scaler.json";
  ThreadPool pool_{2};
};

TEST_F(TransformFile, BringsBackEveryTransformToTheBit) {
  const RawFeatures raw = random_raw(3, 200, 5);
  for (const TransformMethod method : {TransformMethod::kStandard, TransformMethod::kMinMax100,
                                       TransformMethod::kRobust, TransformMethod::kRankGauss}) {
    for (const MissingPolicy missing : {MissingPolicy::kImpute, MissingPolicy::kKeep}) {
      for (const bool per_symbol : {false, true}) {
        ColumnTransform transform({.method = method,
                                   .outside = OutsidePolicy::kExtend,
                                   .missing = missing,
                                   .per_symbol = per_symbol},
                                  "1.2.3");
        transform.fit(input_table(raw), names_of(raw), pool_);
        const ColumnTransform back(read(transform.fitted()));
        EXPECT_EQ(to_json(back.fitted()), to_json(transform.fitted()));
        EXPECT_EQ(digest_of(back.fitted()), digest_of(transform.fitted()));
        const ApplyOptions describe{.purpose = Purpose::kDescription};
        expect_same(back.apply(input_table(raw), describe, pool_).data,
                    transform.apply(input_table(raw), describe, pool_).data);
      }
    }
  }
}

TEST_F(TransformFile, HoldsTheFittedRangeAndWhoWroteIt) {
  const FittedTransform back = fitted(random_raw(2, 20, 1));
  EXPECT_EQ(back.version, "1.2.3");
  EXPECT_EQ(back.symbols, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(back.range,
            (FittedRange{kFirstDay, kFirstDay + 19 * kNsPerDay, kFirstDay + 20 * kNsPerDay - 1, 40}));
}

TEST_F(TransformFile, DoesNotMindBlanksAndOrder) {
  const FittedTransform good = fitted(random_raw(1, 20, 1));
  folder_.write("scaler.json", to_json(good).dump());
  EXPECT_EQ(to_json(read_transform(path_)), to_json(good));
}

TEST_F(TransformFile, NoticesAnyChange) {
  nlohmann::json json = to_json(fitted(random_raw(1, 20, 1)));
  json["groups"][0]["steps"][0]["mean"] = 1.5;
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)transform_from_json(json, "scaler.json"); }),
              AllOf(HasSubstr("scaler.json: sha256"), HasSubstr("it was changed")));
}

TEST_F(TransformFile, SaysWhatIsWrongAndWhere) {
  using Json = nlohmann::json;
  EXPECT_THAT(complaint([](Json& j) { j["format"] = "pickle"; }), HasSubstr("'format'"));
  EXPECT_THAT(complaint([](Json& j) { j["format_version"] = 2; }), HasSubstr("format_version is 2"));
  EXPECT_THAT(complaint([](Json& j) { j["extra"] = 1; }), HasSubstr("unknown key 'extra'"));
  EXPECT_THAT(complaint([](Json& j) { j.erase("groups"); }), HasSubstr("lacks the key 'groups'"));
  EXPECT_THAT(complaint([](Json& j) { j["options"]["method"] = "magic"; }),
              HasSubstr("options.method is 'magic'"));
  EXPECT_THAT(complaint([](Json& j) { j["columns"][1]["kind"] = "time"; }),
              HasSubstr("columns[1].kind is 'time'"));
  EXPECT_THAT(complaint([](Json& j) { j["fitted"]["last"] = "yesterday"; }),
              HasSubstr("fitted.last is 'yesterday'"));
  EXPECT_THAT(complaint([](Json& j) { j["fitted"]["last"] = "1999-01-01"; }),
              HasSubstr("fitted is no range"));
  EXPECT_THAT(complaint([](Json& j) { j["fitted"]["known"] = "1999-01-01"; }),
              HasSubstr("fitted is no range"));
  EXPECT_THAT(complaint([](Json& j) { j["groups"][0]["steps"].erase(0); }),
              HasSubstr("groups[0].steps has 3 steps for 4 columns"));
  EXPECT_THAT(complaint([](Json& j) { j["groups"][0]["steps"][1].erase("mean"); }),
              HasSubstr("groups[0].steps[1] lacks 'mean'"));
  EXPECT_THAT(complaint([](Json& j) { j["groups"][0]["steps"][0]["deviation"] = nullptr; }),
              HasSubstr("groups[0].steps[0].deviation is not a finite number"));
  EXPECT_THAT(complaint([](Json& j) { j["outputs"][0] = "other"; }),
              HasSubstr("do not make the listed outputs"));
  EXPECT_THAT(complaint([](Json& j) {
                j["groups"][0]["steps"][0] = {{"step", "boolean"}, {"yes", 1.0}};
              }),
              HasSubstr("groups[0].steps[0].step does not treat a number"));
  EXPECT_THAT(complaint([](Json& j) { j["groups"].push_back(j["groups"][0]); }), HasSubstr("as many groups"));
}

TEST_F(TransformFile, IsWhatTheDocumentShows) {
  const std::string page = TemporaryFolder::read(REGIMETRY_TRANSFORMS_PAGE);
  const std::string fence = "```json\n";
  const std::size_t begin = page.find(fence) + fence.size();
  const nlohmann::json json = nlohmann::json::parse(page.substr(begin, page.find("```", begin) - begin));
  const RawFeatures raw =
      raw_features({raw_instrument("ABC", {number_column("rsi", {40, 60, kNaN}),
                                           number_column("is_open", {1, 1, 0}, market::ColumnKind::kBoolean),
                                           word_column("mood", {"calm", "wild", "calm"})})});
  ColumnTransform transform({}, json["version"].get<std::string>());
  transform.fit(input_table(raw), names_of(raw), pool_);
  EXPECT_EQ(to_json(transform_from_json(json, "docs/transforms.md")), json);
  EXPECT_EQ(to_json(transform.fitted())["groups"][0]["steps"], json["groups"][0]["steps"]);
  EXPECT_EQ(to_json(transform.fitted())["fitted"]["known"], "2020-01-03T23:59:59.999999999Z");
}

TEST_F(TransformFile, RefusesWhatIsNoJson) {
  for (const char* text : {"", "{", "not json", "{\"a\": NaN}", "{\"a\": 1e999}"}) {
    folder_.write("scaler.json", text);
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_transform(path_); }),
                AllOf(HasSubstr("scaler.json"), HasSubstr("is not JSON")))
        << text;
  }
  folder_.write("scaler.json", std::string(100'000, '['));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_transform(path_); }),
              HasSubstr("nested too deeply"));
  for (const char* text : {"[]", "3", "\"x\"", "null"}) {
    folder_.write("scaler.json", text);
    EXPECT_THAT(message_of(ErrorKind::kData, [&] { (void)read_transform(path_); }),
                HasSubstr("is not an object"));
  }
}

}  // namespace
}  // namespace regimetry::features
